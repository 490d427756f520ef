/** `copra-playground serve [--port N]`: the page that the package brings, with the headers that WASM threads need. */
import { parseArgs } from 'node:util';
import { errorText } from '../../src/core/error-text.ts';
import { publicFile } from '../project-file.ts';
import { serve } from '../serve.mjs';

const USAGE = 'Usage: copra-playground serve [--port N]';

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { port: { type: 'string' }, help: { type: 'boolean', default: false } } });
  if (values.help) return console.log(USAGE);
  const port = Number(values.port ?? 4173);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`--port takes a number up to 65535, not "${values.port ?? ''}".`);
  const { url } = await serve({ folder: publicFile(), port, anyPort: values.port === undefined });
  console.log(`CopRA Playground is at ${url}  (Ctrl+C stops it)`);
}

main().catch((error: unknown) => {
  console.error(errorText(error));
  process.exitCode = 1;
});
