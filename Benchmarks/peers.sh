# Sourced: puts the peers of requirements.txt into a virtual environment beside this file, once a version
# of the list, and sets `python` to it.
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
python="$here/.venv/bin/python"
if [ ! -x "$python" ] || [ "$here/requirements.txt" -nt "$here/.venv/installed" ]; then
  python3 -m venv "$here/.venv"
  "$python" -m pip install --quiet --requirement "$here/requirements.txt"
  touch "$here/.venv/installed"
fi
