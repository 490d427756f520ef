/** The options of commands, in the words of all of them. */
import { parseArgs } from 'node:util';

/** What is wrong, without parseArgs' advice about arguments that begin with a dash. */
function wrongWith({ code, message }) {
  const [, named = ''] = /'(.*?)'/s.exec(message) ?? [];
  const option = named.split(' ')[0];
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `There is no option "${named}".`;
  if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL') return `"${named}" is one argument too many.`;
  if (/does not take an argument/.test(message)) return `${option} takes no value.`;
  return `${option} takes a value; one that begins with a dash is joined to it: ${option}=-….`;
}

/**
 * The options of a command, as parseArgs reads them. Every command has --help: it prints the usage and ends.
 * @throws Error with what is wrong, and the usage
 */
export function optionsOf(usage, config = {}) {
  let parsed;
  try {
    parsed = parseArgs({ ...config, options: { ...config.options, help: { type: 'boolean', default: false } } });
  } catch (cause) {
    throw new Error(`${wrongWith(cause)}\n${usage}`, { cause });
  }
  if (parsed.values.help) {
    console.log(usage);
    process.exit(0);
  }
  return parsed;
}
