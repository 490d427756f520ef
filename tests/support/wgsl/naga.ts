/** Asks naga, Firefox's compiler of shaders, in a page of Firefox. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { driveFirefox, WITH_WEBGPU } from '../other-browsers/firefox.ts';
import { judge, type Source, type Verdict } from './shader-compilers.ts';

/** Null where this Firefox has no WebGPU or finds no adapter. */
export async function judgeInFirefox(executablePath: string, sources: readonly Source[]): Promise<Verdict | null> {
  // An empty page of this machine: WebGPU wants a secure context.
  const server = createServer((_, response) =>
    response.setHeader('content-type', 'text/html').end('<title>naga</title>'),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const firefox = await driveFirefox(executablePath, WITH_WEBGPU);
  try {
    await firefox.goTo(`http://127.0.0.1:${port}/`);
    return await firefox.evaluate<Verdict | null>(`(${judge.toString()})(${JSON.stringify(sources)})`);
  } finally {
    await firefox.close();
    server.close();
  }
}
