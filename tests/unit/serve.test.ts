/** `npm start` is at localhost, whichever address of the machine that is. */
import { createServer } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { serve } from '../../scripts/serve.mjs';
import { sayUnchecked } from '../support/python.ts';

const NO_IPV6 = 'This machine has no address of itself in IPv6.';

const open: (() => Promise<unknown>)[] = [];
afterEach(() => Promise.all(open.splice(0).map((close) => close())));

async function served(options: { readonly port?: number; readonly anyPort?: boolean }) {
  const { url, close } = await serve({ folder: 'docs', ...options });
  open.push(close);
  return Number(new URL(url).port);
}

/** Another program at the address of the machine in IPv6; null where there is none. */
function taken(): Promise<number | null> {
  const other = createServer();
  return new Promise((resolve) => {
    other.once('error', () => resolve(null));
    other.listen(0, '::1', () => {
      open.push(() => new Promise((closed) => other.close(closed)));
      const address = other.address();
      resolve(typeof address === 'object' && address ? address.port : null);
    });
  });
}

it('answers at both addresses of the machine, and at localhost', async () => {
  const hasIpv6 = (await taken()) !== null;
  if (!hasIpv6) sayUnchecked('that it answers at ::1');
  const port = await served({});
  for (const host of ['localhost', '127.0.0.1', ...(hasIpv6 ? ['[::1]'] : [])]) {
    const answer = await fetch(`http://${host}:${port}/page.md`);
    expect(answer.status).toBe(200);
    await answer.text();
  }
});

it('takes no port at which another program answers for localhost', async ({ skip }) => {
  const port = await taken();
  if (port === null) return skip(NO_IPV6);
  await expect(serve({ folder: 'docs', port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  expect(await served({ port, anyPort: true })).not.toBe(port);
});
