#!/bin/sh
# After a change of dependencies: renew uv.lock and the hash-checked requirements for pip (needs uv).
set -eu
cd "$(dirname "$0")/.."
uv lock "$@"
uv export --frozen --quiet --all-groups --no-emit-project --no-header \
    --format requirements-txt --output-file requirements.txt
