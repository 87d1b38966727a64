# Each target sets up what it needs from a bare checkout: Python 3.11-3.13, make, the package registries.
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup demo serve build test check format bench lock doctor clean pictures heard words

help:
	@echo 'make demo      sample clinic on http://127.0.0.1:8321 (PCC_PORT=8400 for another port)'
	@echo '               make demo FRESH=1 starts over'
	@echo 'make test      every test (ARGS="-k inbox" for some of them)'
	@echo 'make check     ruff, mypy, the architecture test, the weight of each page'
	@echo 'make bench     measurements, one JSON object a line (ARGS=paint: pages on a phone)'
	@echo 'make pictures  the pictures of the README'
	@echo 'make words     bring the catalogues up to date; lists what lacks a translation'
	@echo 'make heard     write down what a screen reader says, to be read and judged'
	@echo 'make build     the frontend only'
	@echo 'make doctor    what is configured and what is missing'
	@echo 'make format    let ruff lay the code out'
	@echo 'make lock      renew the locks after a change of dependencies (needs uv)'
	@echo 'make clean     remove what was built; var/ with its data stays'

setup:
	@sh tools/setup.sh

demo: setup
	@$(BIN)/pcc-portal demo $(if $(FRESH),--fresh)

serve: setup
	@$(BIN)/pcc-portal serve

build: setup
	@$(BIN)/pcc-portal build

doctor: setup
	@$(BIN)/pcc-portal doctor

test: setup
	@sh tools/browser.sh
	@$(BIN)/python -m pytest $(ARGS)

check: setup
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python -m pytest -q tests/test_architecture.py tests/web/test_pages.py

format: setup
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: setup
	@sh tools/browser.sh
	@$(BIN)/python -m tests.bench $(ARGS)

pictures: setup
	@sh tools/browser.sh
	@PCC_PICTURES=1 $(BIN)/python -m pytest tests/browser/test_pictures.py tests/browser/test_face.py

words: setup
	@$(BIN)/python -m tools.words

heard: setup
	@sh tools/browser.sh
	@PCC_HEARD=1 $(BIN)/python -m pytest tests/browser/test_screen_reader.py

lock:
	@sh tools/lock.sh

clean:
	@rm -rf .web .cache .states .mypy_cache .ruff_cache .pytest_cache .hypothesis
