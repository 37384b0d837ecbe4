import type { Command } from './command.ts';
import { allOptions } from './common-options.ts';
import type { Option } from './options.ts';

/** A completion script for bash: options, choices and files. */
export function bashCompletion(command: Command): string {
  const options = Object.entries(allOptions(command));
  const name = functionName(command);
  const words = options.map(([option, { kind }]) => `--${option}${kind === 'flag' ? '' : '='}`);
  return `# bash completion for ${command.name}, written by: ${command.name} --generate complete-bash
${name}() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]}
  if [[ $current == = ]]; then
    current=
  elif [[ $previous == = ]]; then
    previous=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  COMPREPLY=()
  case $previous in
${options.flatMap(([option, details]) => bashCase(option, details)).join('\n')}
  esac
  if [[ $current == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W '${words.join(' ')}' -- "$current")
    if [[ \${COMPREPLY[0]} == *= ]]; then compopt -o nospace; fi
    return
  fi
${command.operands === undefined ? '  return' : indent(bashFiles, 2)}
}
complete -F ${name} ${command.name}
`;
}

const bashFiles = `compopt -o filenames
mapfile -t COMPREPLY < <(compgen -f -- "$current")`;

function bashCase(name: string, option: Option): readonly string[] {
  if (option.kind === 'flag') return [];
  const names = option.short === undefined ? `--${name}` : `--${name} | -${option.short}`;
  const body =
    option.kind === 'choice'
      ? `mapfile -t COMPREPLY < <(compgen -W ${quoted(option.choices.join(' '))} -- "$current")`
      : takesFile(option)
        ? bashFiles
        : '';
  const lines = body === '' ? 'return' : `${body}\nreturn`;
  return [`    ${names})`, indent(lines, 6), '      ;;'];
}

/** A completion script for zsh: options with their texts, choices and files. */
export function zshCompletion(command: Command): string {
  const specs = Object.entries(allOptions(command)).map(([name, option]) => zshSpec(name, option));
  const operands = command.operands;
  if (operands !== undefined) specs.push(quoted(`${operands.isMany ? '*' : ''}:${zshText(operands.name)}:_files`));
  return `#compdef ${command.name}
# zsh completion, written by: ${command.name} --generate complete-zsh
_arguments -s -S \\
  ${specs.join(' \\\n  ')}
`;
}

function zshSpec(name: string, option: Option): string {
  const text = `[${zshText(option.text)}]`;
  if (option.kind === 'flag') return zshNames(name, option, text);
  const value = option.kind === 'choice' ? `(${option.choices.join(' ')})` : takesFile(option) ? '_files' : '';
  return zshNames(name, option, `${text}:${zshText(option.argument)}:${value}`);
}

function zshNames(name: string, option: Option, rest: string): string {
  const star = option.kind === 'list' ? '*' : '';
  const equals = option.kind === 'flag' ? '' : '=';
  if (option.short === undefined) return quoted(`${star}--${name}${equals}${rest}`);
  const plus = option.kind === 'flag' ? '' : '+';
  const exclusion = star === '' ? `(-${option.short} --${name})` : star;
  return `${quoted(exclusion)}{-${option.short}${plus},--${name}${equals}}${quoted(rest)}`;
}

function zshText(text: string): string {
  return text.replace(/[[\]:\\]/g, '\\$&');
}

function takesFile(option: Option): boolean {
  return option.kind === 'file' || (option.kind === 'list' && /FILE|DIR|PATH/.test(option.argument));
}

function functionName(command: Command): string {
  return `_${command.name.replaceAll('-', '_')}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function indent(text: string, spaces: number): string {
  return text
    .split('\n')
    .map((line) => `${' '.repeat(spaces)}${line}`)
    .join('\n');
}
