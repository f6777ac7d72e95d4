#!/bin/sh
# Sees to it that Chromium and a CJK font (browser tests), redis-server, the ip command and caddy (tests of many machines)
# are there; says exactly what to install where it may not.
set -eu

missing=""
command -v chromium >/dev/null 2>&1 || [ -n "${CHROMIUM:-}" ] || missing="$missing chromium"
fc-list 2>/dev/null | grep -qi 'cjk\|noto sans sc\|wenquanyi\|pingfang' || missing="$missing fonts-noto-cjk"
command -v redis-server >/dev/null 2>&1 || missing="$missing redis-server"
command -v caddy >/dev/null 2>&1 || missing="$missing caddy"
[ "$(uname)" != Linux ] || command -v ip >/dev/null 2>&1 || missing="$missing iproute2"
[ -n "$missing" ] || exit 0

as_root=""
if [ "$(id -u)" -ne 0 ]; then
    sudo -n true 2>/dev/null && as_root="sudo -n" || as_root="no"
fi
if ! command -v apt-get >/dev/null 2>&1 || [ "$as_root" = "no" ]; then
    echo "The tests need:$missing. Install them, for example with" >&2
    echo "    sudo apt-get install --no-install-recommends$missing" >&2
    echo "(or set CHROMIUM to the path of a Chromium), then run this again." >&2
    exit 1
fi
echo "Installing for the tests:$missing"
$as_root apt-get update -qq
# shellcheck disable=SC2086  # the names are words on purpose
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends fontconfig $missing
# Debian starts what it installs; the tests start their own, on ports of their own.
for service in caddy redis-server; do
    case "$missing" in
    *"$service"*) $as_root systemctl disable --quiet --now "$service" 2>/dev/null || true ;;
    esac
done
