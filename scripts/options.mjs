/** The options of commands, in the words of all of them. */
import { parseArgs } from 'node:util';

/** What is typed does not fit a command. */
export class UsageError extends Error {
  name = 'UsageError';
}

/** With what a command ends that failed, as shells' own do. */
export const statusOf = (error) => (error instanceof UsageError ? 2 : 1);

/** Ends a program that cannot begin, or go on, with what is wrong. */
export function endWith(error) {
  console.error(error.message);
  process.exit(statusOf(error));
}

/** What is wrong, without parseArgs' advice about arguments that begin with a dash. */
function wrongWith({ code, message }) {
  const [, named = ''] = /'(.*?)'/s.exec(message) ?? [];
  const option = named.split(' ')[0];
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `There is no option "${named}".`;
  if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL') return `"${named}" is one argument too many.`;
  if (/does not take an argument/.test(message)) return `${option} takes no value.`;
  return `${option} takes a value; one that begins with a dash is joined to it: ${option}=-….`;
}

/** What every option does, one a line. */
function explained(options) {
  const names = Object.keys(options).map((name) => `--${name}`);
  const room = Math.max(...names.map(({ length }) => length));
  return Object.values(options)
    .map(({ about, default: usual, multiple }, i) => {
      const notes = [...(typeof usual === 'string' ? [`default ${usual}`] : []), ...(multiple ? ['repeatable'] : [])];
      return `  ${names[i].padEnd(room)}  ${about}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`;
    })
    .join('\n');
}

/**
 * The options of a command, as parseArgs reads them. Every command has --help: it prints the usage and what the options do, and ends.
 * @throws UsageError with what is wrong, and the usage
 */
export function optionsOf(usage, config = {}) {
  const help = { type: 'boolean', default: false, about: 'prints this' };
  const options = { ...config.options, help };
  let parsed;
  try {
    parsed = parseArgs({ ...config, options });
  } catch (cause) {
    throw new UsageError(`${wrongWith(cause)}\n${usage}`, { cause });
  }
  if (parsed.values.help) {
    console.log(`${usage}\n\n${explained(options)}`);
    process.exit(0);
  }
  return parsed;
}
