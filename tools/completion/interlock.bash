# Completion of the interlock command for bash, and for zsh through bashcompinit.
#
#   bash: . tools/completion/interlock.bash        (or copy it to /usr/share/bash-completion/completions/interlock)
#   zsh:  autoload -U +X compinit bashcompinit && compinit && bashcompinit && . tools/completion/interlock.bash
#
# Subcommands and options are what `interlock --help` says, so they cannot fall behind; procedures and sites are the
# files of the configs folder, runs those of the state file. It changes nothing and asks no host.

_interlock_subcommands() {
  interlock --help 2>/dev/null | awk '/^Subcommands:/ { on = 1; next } on && /^  [a-z]/ { print $1 }'
}

_interlock_options() {
  interlock ${1:+"$1"} --help 2>/dev/null | grep -oE -- '--[a-z][a-z-]*' | sort -u
}

# The folder that the command itself would take.
_interlock_configs() {
  local own folder
  if [ -n "$INTERLOCK_CONFIGS" ]; then
    printf '%s\n' "$INTERLOCK_CONFIGS"
    return
  fi
  own=$(command -v interlock 2>/dev/null) && own=$(dirname "$(readlink -f "$own")")
  for folder in configs ${own:+"$own/configs" "$own/../configs"} /usr/local/share/interlock/configs /usr/share/interlock/configs; do
    if [ -d "$folder/components" ]; then
      printf '%s\n' "$folder"
      return
    fi
  done
}

# $1: procedures or sites
_interlock_names() {
  local folder
  folder=$(_interlock_configs)
  [ -n "$folder" ] && find "$folder/$1" -name '*.yaml' 2>/dev/null | sed -E 's|.*/||; s|\.yaml$||'
}

_interlock_runs() {
  echo last
  interlock status --format json 2>/dev/null | sed -nE 's/^ *"run": "([^"]+)".*/\1/p'
}

_interlock() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} subcommand= place=0 i words= files=
  # The subcommand, and how many positional arguments stand before the cursor. An option with a value takes one word.
  for ((i = 1; i < COMP_CWORD; i++)); do
    case ${COMP_WORDS[i]} in
      --configs | --state | --lang | --format | --colour | --color | --set | --site | --host | --host-role | --as | --faults | --timeout | --html) ((i++)) ;;
      -*) ;;
      *) if [ -z "$subcommand" ]; then subcommand=${COMP_WORDS[i]}; else ((place++)); fi ;;
    esac
  done
  case $before in
    --lang) words="en zh" ;;
    --format) words="text json nagios prometheus junit tap html" ;;
    --colour | --color) words="auto always never" ;;
    --as) if [ "$subcommand" = graph ]; then words="dot mermaid promela"; else words="keepalived sql server-xml start-script component procedure site"; fi ;;
    --site) words=$(_interlock_names sites) files=yes ;;
    --configs | --state | --html) files=yes ;;
    *)
      case $subcommand:$place:$word in
        *:-*) words=$(_interlock_options "$subcommand") ;;
        :*) words=$(_interlock_subcommands) ;;
        check:0:* | plan:0:* | run:0:* | verify:0:* | graph:0:* | runbook:0:* | audit:0:*) words=$(_interlock_names sites) files=yes ;;
        check:1:* | plan:1:* | run:1:* | verify:1:* | graph:1:* | runbook:1:*) words=$(_interlock_names procedures) files=yes ;;
        status:0:* | report:0:* | explain:0:* | resume:0:* | rollback:0:* | unlock:1:*) words=$(_interlock_runs) ;;
        unlock:0:*) words=$(_interlock_names sites) ;;
        probe:0:*) words=$(interlock probe --list 2>/dev/null | awk '/^[a-z]/ { print $1 }') ;;
        schema:0:*) words="component procedure site" ;;
        lint:*) files=yes ;;
      esac
      ;;
  esac
  COMPREPLY=()
  while IFS= read -r i; do [ -n "$i" ] && COMPREPLY+=("$i"); done < <(compgen -W "$words" -- "$word")
  if [ -n "$files" ]; then
    while IFS= read -r i; do COMPREPLY+=("$i"); done < <(compgen -f -- "$word")
  fi
}

complete -o filenames -F _interlock interlock
