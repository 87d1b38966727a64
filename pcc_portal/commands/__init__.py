"""The commands of ``pcc-portal``, one file each: ``import_fhir.py`` holds ``command`` for ``import-fhir``.

A command module imports only ``click`` and light modules at its top; what is heavy is imported inside
the function, so that ``--help`` and a warm start stay fast.
"""
