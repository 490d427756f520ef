/** `copra-playground serve [--port N]`: the page that the package brings, with the headers that WASM threads need. */
import { endWith, optionsOf } from '../options.mjs';
import { publicFile } from '../project-file.ts';
import { portOf, serve } from '../serve.mjs';

const USAGE = 'Usage: copra-playground serve [--port N]';

async function main(): Promise<void> {
  const { values } = optionsOf(USAGE, {
    options: { port: { type: 'string', about: 'the port of the page; 4173 unless given' } },
  });
  const port = values.port === undefined ? 4173 : portOf(values.port);
  const { url } = await serve({ folder: publicFile(), port, anyPort: values.port === undefined });
  console.log(`CopRA Playground is at ${url}  (Ctrl+C stops it)`);
}

main().catch(endWith);
