"""Clinical terms in plain words, shown beside the term and never instead of it.

Keys are SNOMED CT codes as received; medicines are found by ingredient. The sentences are the portal's
own, at a 6th-grade level; a term that is not here is shown as it came.
"""

from __future__ import annotations

import re

from pcc_portal.domain.care_plan import plain_goal
from pcc_portal.language import N_, _

#: What clinical terms are written in, as they are imported.
LANGUAGE = "en"
CONDITIONS = {
    "15777000": N_("Blood sugar higher than normal, not yet diabetes"),
    "44054006": N_("Type 2 diabetes: too much sugar in the blood"),
    "80394007": N_("High blood sugar"),
    "237602007": N_("Blood pressure, blood sugar and waist size are too high"),
    "38341003": N_("High blood pressure"),
    "59621000": N_("High blood pressure"),
    "55822004": N_("High cholesterol or other fats in the blood"),
    "302870006": N_("High level of a fat called triglycerides in the blood"),
    "162864005": N_("Weight that is high for your height"),
    "271737000": N_("Not enough red blood cells, which can make you tired"),
    "53741008": N_("Narrowed blood vessels of the heart"),
    "88805009": N_("The heart pumps more weakly than it should"),
    "230690007": N_("Blood flow to part of the brain was cut off"),
    "87433001": N_("Lung damage that makes it hard to breathe"),
    "10509002": N_("Chest cold: swelling in the airways"),
    "40055000": N_("Long-lasting swelling in the sinuses"),
    "36971009": N_("Swelling in the sinuses"),
    "444814009": N_("Sinus infection from a virus"),
    "75498004": N_("Sinus infection from bacteria"),
    "195662009": N_("Sore throat from a virus"),
    "43878008": N_("Strep throat"),
    "232353008": N_("Allergy with sneezing and a runny nose all year"),
    "446096008": N_("Allergy with sneezing and a runny nose all year"),
    "201834006": N_("Worn joints in the hand"),
    "239873007": N_("Worn knee joint"),
    "239872002": N_("Worn hip joint"),
    "64859006": N_("Bones that have become thin and can break more easily"),
    "443165006": N_("A break in a bone that had become thin"),
    "82423001": N_("Pain that has lasted for months"),
    "124171000119105": N_("Migraine headaches that are hard to treat"),
    "196416002": N_("Back teeth stuck under the gum"),
    "68496003": N_("A small growth in the large bowel"),
    "713197008": N_("A small growth in the lower bowel that came back"),
    "109838007": N_("Cancer of the large bowel"),
    "162573006": N_("The care team is checking for lung cancer"),
    "254637007": N_("A common kind of lung cancer"),
    "424132000": N_("Lung cancer found early, in one place"),
    "126906006": N_("A growth in the prostate"),
    "92691004": N_("Early prostate cancer that has not spread"),
    "422034002": N_("Eye damage from diabetes"),
    "1551000119108": N_("Early eye damage from diabetes"),
    "431855005": N_("Early, mild kidney disease"),
    "127013003": N_("Kidney damage from diabetes"),
    "370143000": N_("Depression: low mood that lasts"),
    "7200002": N_("Trouble controlling alcohol use"),
    "5602001": N_("Trouble controlling opioid use"),
    "55680006": N_("Too much of a medicine or drug was taken"),
    "72892002": N_("Pregnant, going as expected"),
    "198992004": N_("Seizures in pregnancy from high blood pressure"),
    "398254007": N_("High blood pressure in pregnancy"),
    "19169002": N_("Loss of an early pregnancy"),
    "35999006": N_("An early pregnancy that did not grow"),
    "156073000": N_("A problem with the baby that is being looked into"),
    "38822007": N_("Bladder infection"),
    "74400008": N_("Swollen appendix"),
    "428251008": N_("The appendix was taken out"),
    "403190006": N_("Mild burn of the skin"),
    "283385000": N_("Cut on the thigh"),
    "284551006": N_("Cut on the foot"),
    "283371005": N_("Cut on the forearm"),
    "263102004": N_("Broken wrist, with the joint moved out of place"),
    "58150001": N_("Broken collarbone"),
    "44465007": N_("Twisted ankle"),
    "39848009": N_("Neck strain after a sudden jerk"),
    "62106007": N_("Mild brain injury after a knock, without passing out"),
    "698754002": N_("Loss of movement after an injury of the spine"),
}
PLANS = {
    "698360004": N_("Living well with your blood sugar"),
    "736285004": N_("Bringing your cholesterol down"),
    "443402002": N_("Keeping your blood pressure down"),
    "735984001": N_("Looking after your heart"),
    "412776001": N_("Breathing more easily"),
    "53950000": N_("Breathing more easily"),
    "699728000": N_("Living well with asthma"),
    "872781000000100": N_("Keeping your joints moving"),
    "408869004": N_("Keeping your joints moving"),
    "91251008": N_("Getting your strength back"),
    "134435003": N_("Care during your pregnancy"),
    "225358003": N_("Healing your wound"),
    "133901003": N_("Healing your burn"),
    "385691007": N_("Healing your broken bone"),
    "47387005": N_("Recovering from a head injury"),
    "736252007": N_("Your cancer care"),
    "395082007": N_("Your cancer care"),
    "182964004": N_("Comfort and support"),
    "781831000000109": N_("Recovering from your operation"),
    "869761000000107": N_("Clearing a bladder infection"),
    "326051000000105": N_("Looking after yourself"),
    "384758001": N_("Looking after yourself"),
    "718347000": N_("Feeling better in your mind"),
    "736254008": N_("Feeling better in your mind"),
    "737434004": N_("Feeling better in your mind"),
    "734163000": N_("Your care plan"),
    "736353004": N_("Your stay in the hospital"),
}
ACTIVITIES = {
    "229065009": N_("Exercise as you were shown"),
    "183301007": N_("Move your body regularly"),
    "408580007": N_("Light exercise, like walking"),
    "386463000": N_("Learn which exercise is right for you"),
    "160670007": N_("Eat for steady blood sugar"),
    "226234005": N_("Eat well: vegetables, whole grains, less fat"),
    "1151000175103": N_("Eat to lower your blood pressure"),
    "183063000": N_("Learn to eat less salt"),
    "386619000": N_("Eat less salt"),
    "409002": N_("Keep away from foods you are allergic to"),
    "58332002": N_("Learn about your allergy"),
    "266694003": N_("Use warmth on the sore place"),
    "229578001": N_("Use cold on the sore place"),
    "872781000000100": N_("Do your joint exercises"),
    "386294003": N_("Do your joint exercises"),
    "15081005": N_("Breathing and exercise class for your lungs"),
    "229298005": N_("Practice your breathing"),
    "371605008": N_("Breathe deeply and cough to clear your lungs"),
    "710818004": N_("Use your steroid inhaler"),
    "708409001": N_("Use your nebulizer at home"),
    "225323000": N_("Learn how to stop smoking"),
    "413473000": N_("Talk about alcohol"),
    "24165007": N_("Counseling about alcohol"),
    "408957008": N_("Keep long-lasting pain under control"),
    "385715006": N_("Care for your heart"),
    "703993001": N_("A look inside the bowel is planned"),
    "243072006": N_("Learn about your cancer and its treatment"),
    "133918004": N_("Care for your comfort"),
    "135892000": N_("Learn about pregnancy and birth"),
    "713076009": N_("Checks of you and your baby"),
    "312404004": N_("Blood tests in pregnancy"),
    "88848003": N_("Follow-up with the mental health team"),
    "385724002": N_("Support for coping"),
    "425680009": N_("Talk therapy that changes habits of thought"),
    "385949008": N_("Change the dressing"),
    "439830001": N_("Keep the wound clean"),
    "60112009": N_("Talks that help you stay off drugs"),
    "61480009": N_("Getting drugs out of the body, with help"),
    "266707007": N_("Treatment to get free of drugs"),
    "313071005": N_("Talks about alcohol and drugs"),
    "408935001": N_("Learn how to stay off alcohol and drugs"),
    "408936000": N_("Help to stay off alcohol and drugs"),
    "225337009": N_("We ask how safe you feel with yourself"),
    "79094001": N_("A first talk with the mental health team"),
    "304822001": N_("Talk therapy about you and people close to you"),
    "304510005": N_("Rest: no exercise for now"),
}
ALLERGIES = {
    "mou?ld": N_("Mold, as on damp walls"),
    "dust mite": N_("Tiny mites in house dust"),
    "dander": N_("Skin and hair of animals"),
    "grass pollen": N_("Pollen of grass"),
    "tree pollen": N_("Pollen of trees"),
    "bee venom": N_("Bee stings"),
    "shellfish": N_("Shrimp, crab and the like"),
    "wheat": N_("Wheat, as in bread"),
    "peanut": N_("Peanuts"),
    r"\bnuts?\b": N_("Nuts"),
    r"\bfish\b": N_("Fish"),
}
MEDICINES = {
    "hydrochlorothiazide": N_("A water pill that lowers blood pressure"),
    "amlodipine": N_("Lowers blood pressure"),
    "metoprolol": N_("Slows the heart and lowers blood pressure"),
    "furosemide|lasix": N_("A water pill that takes fluid out of the body"),
    "sim[vi]+[ai]?statin|simvastatin": N_("Lowers cholesterol"),
    "metformin": N_("Lowers blood sugar"),
    "insulin": N_("Lowers blood sugar; by injection"),
    "clopidogrel": N_("Keeps blood clots from forming"),
    "nitroglycerin": N_("Eases chest pain from the heart"),
    "albuterol": N_("Opens the airways quickly"),
    "fluticasone": N_("Calms swelling in the airways, every day"),
    "naproxen": N_("Eases pain and swelling"),
    "hydrocortisone": N_("Calms itchy skin"),
    "diphenhydramine|loratadine|chlorpheniramine": N_("Eases allergies"),
    "epinephrine": N_("For a severe allergic reaction: use it at once, then call 911"),
    "fluoxetine": N_("Lifts low mood"),
    "ferrous": N_("Iron, for your blood"),
    "vitamin b ?12": N_("Vitamin B12, for your blood and nerves"),
    "alendron": N_("Makes bones stronger"),
    "docetaxel|oxaliplatin": N_("A cancer medicine"),
    "leucovorin": N_("Given together with a cancer medicine"),
    "leuprolide": N_("Lowers hormones that feed prostate cancer"),
    "levora": N_("Birth control"),
}
_MEDICINES = tuple((re.compile(names, re.I), words) for names, words in MEDICINES.items())
_ALLERGIES = tuple((re.compile(names, re.I), words) for names, words in ALLERGIES.items())
_KIND = re.compile(r"\s*\((disorder|finding|situation|procedure|regime/therapy|record artifact)\)$")


def term(display: str) -> str:
    """A term without the bracket that names its kind: ``Anemia (disorder)`` → ``Anemia``."""
    return _KIND.sub("", display)


def condition(code: str) -> str:
    """A condition in plain words, or nothing."""
    return _(CONDITIONS[code]) if code in CONDITIONS else ""


def plan(code: str) -> str:
    """A care plan's aim in plain words, or nothing."""
    return _(PLANS[code]) if code in PLANS else ""


def activity(code: str, display: str) -> str:
    """An activity in plain words, else as it came."""
    return _(ACTIVITIES[code]) if code in ACTIVITIES else term(display)


def medicine(display: str) -> str:
    """What a medicine is for, in plain words, or nothing."""
    found = [_(words) for names, words in _MEDICINES if names.search(display)]
    return "; ".join(dict.fromkeys(found))


def allergy(display: str) -> str:
    """What somebody is allergic to, in plain words, or nothing."""
    return next((_(words) for names, words in _ALLERGIES if names.search(display)), "")


def about(kind: str, words: str, code: str = "") -> str:
    """What a question is about: plain words where there are some, and always the clinical ones."""
    plain = {
        "condition": condition(code),
        "medicine": medicine(words),
        "allergy": allergy(words),
        "goal": _(plain_goal(words)),
    }.get(kind, "")
    clinical = term(words)
    return f"{plain} ({clinical})" if plain not in ("", words) else clinical
