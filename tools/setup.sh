#!/bin/sh
# Makes .venv hold exactly the locked packages: with uv where it is installed, else with venv and pip.
# Does nothing when the lock has not changed since the last time.
set -eu
cd "$(dirname "$0")/.."

stamp=.venv/.ready
wanted=$(cat uv.lock requirements.txt pyproject.toml tools/setup.sh | cksum)
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then
    exit 0
fi

# A home folder that is missing or read-only holds no caches: keep them here.
if [ -z "${HOME:-}" ] || [ ! -w "${HOME:-/nonexistent}" ]; then
    export UV_CACHE_DIR="${UV_CACHE_DIR:-$PWD/.cache/uv}"
    export PIP_CACHE_DIR="${PIP_CACHE_DIR:-$PWD/.cache/pip}"
fi

fits() {
    command -v "$1" >/dev/null 2>&1 &&
        "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1
}

if command -v uv >/dev/null 2>&1; then
    echo "Setting up .venv with uv ..."
    UV_PROJECT_ENVIRONMENT=.venv uv sync --frozen --quiet
else
    python=""
    for candidate in python3 python3.13 python3.12 python3.11 python; do
        if fits "$candidate"; then python=$candidate && break; fi
    done
    if [ -z "$python" ]; then
        echo "Python 3.11, 3.12 or 3.13 is needed, and none is on the PATH." >&2
        exit 1
    fi
    echo "Setting up .venv with $python and pip ..."
    if ! { fits .venv/bin/python && .venv/bin/python -m pip --version >/dev/null 2>&1; }; then
        "$python" -m venv --clear .venv
    fi
    pip=".venv/bin/python -m pip --disable-pip-version-check --quiet"
    $pip install --require-hashes --no-deps --requirement requirements.txt
    $pip install --no-deps --no-build-isolation --editable .
fi
echo "$wanted" >"$stamp"
