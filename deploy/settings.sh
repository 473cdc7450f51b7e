# For the other programs here: what .env of this installation says, where the environment does not.
cd "$(dirname "$0")/.." || exit 1
setting() {
  value=$(printenv "$1") || value=$(sed -n "s/^ *$1 *= *//p" .env 2>/dev/null | tail -n 1 | sed "s/[[:space:]]*$//; s/^\"\(.*\)\"$/\1/; s/^'\(.*\)'$/\1/")
  printf '%s' "${value:-${2-}}"
}
