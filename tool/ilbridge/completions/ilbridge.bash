# Completion of ilbridge for bash. The program says what can stand there.

_ilbridge() {
  local cur prev words cword line
  # "--format=sarif" is one word.
  _get_comp_words_by_ref -n = cur prev words cword || return
  # What readline takes for the word begins behind the "=".
  local readlines=
  if [[ $cur == --*=* ]]; then
    readlines=${cur%%=*}=
  fi
  COMPREPLY=()
  while IFS= read -r line; do
    case $line in
      :files) compopt -o filenames; mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -f -- "${cur#"$readlines"}") ;;
      :folders) compopt -o filenames; mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -d -- "${cur#"$readlines"}") ;;
      *)
        line=${line%%$'\t'*}
        [[ $line == *= ]] && compopt -o nospace
        COMPREPLY+=("${line#"$readlines"}")
        ;;
    esac
  done < <("${words[0]}" --complete "${words[@]:1:cword}" 2>/dev/null)
} &&
  complete -F _ilbridge ilbridge
