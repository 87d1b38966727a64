#!/bin/sh
# Sees to a browser for the tests: says nothing when there is one, installs Debian's where it may.
set -u
for program in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$program" >/dev/null 2>&1 && exit 0
    [ -x "/usr/bin/$program" ] && exit 0
done
for bundled in "${PLAYWRIGHT_BROWSERS_PATH:-${HOME:-/nonexistent}/.cache/ms-playwright}"/chromium*; do
    [ -d "$bundled" ] && exit 0
done
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "Installing chromium for the browser tests ..."
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; } >/dev/null 2>&1 && exit 0
fi
echo "NOTE: no Chromium was found and none could be installed: the browser tests will be left out." >&2
exit 0
