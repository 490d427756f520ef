/** WebKitGTK's MiniBrowser by its WebDriver, on a display that nobody sees. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { Builder, Capabilities, type WebElement } from 'selenium-webdriver';
import { elementOf, type Driven } from './driven.ts';

export interface WebKitPrograms {
  readonly driver: string;
  readonly miniBrowser: string;
  /** Xvfb; null where there is a display already. */
  readonly display: string | null;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Xvfb takes a free display by itself and writes its number to file descriptor 3. */
async function startDisplay(program: string): Promise<{ process: ChildProcess; name: string }> {
  const process = spawn(program, ['-displayfd', '3', '-screen', '0', '1440x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const name = await new Promise<string>((resolve, reject) => {
    process.once('error', reject);
    process.once('exit', (code) => reject(new Error(`${program} ended with exit code ${code}.`)));
    process.stdio[3]?.once('data', (data: Buffer) => resolve(`:${data.toString().trim()}`));
  });
  return { process, name };
}

const READY_WITHIN_MS = 60_000;
const ASK_EVERY_MS = 100;

/** Waits until a driver answers: it has begun to listen. @throws Error when it ends before, or stays silent */
async function answering(address: string, service: ChildProcess): Promise<void> {
  const end = performance.now() + READY_WITHIN_MS;
  while (performance.now() < end) {
    if (service.exitCode !== null) throw new Error(`${service.spawnfile} ended with exit code ${service.exitCode}.`);
    const answer = await fetch(new URL('status', address)).catch(() => null);
    if (answer?.ok) return;
    await setTimeout(ASK_EVERY_MS);
  }
  throw new Error(`${service.spawnfile} does not answer at ${address}.`);
}

export async function driveWebKit({ driver: program, miniBrowser, display }: WebKitPrograms): Promise<Driven> {
  const screen = display === null ? null : await startDisplay(display);
  const port = await freePort();
  const service = spawn(program, [`--port=${port}`], {
    stdio: 'ignore',
    env: {
      ...process.env,
      ...(screen ? { DISPLAY: screen.name } : {}),
      GDK_BACKEND: 'x11',
      // There is no graphics card to draw with, and root has no sandbox.
      WEBKIT_DISABLE_COMPOSITING_MODE: '1',
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
    },
  });
  const stop = (): void => {
    service.kill();
    screen?.process.kill();
  };
  try {
    const capabilities = new Capabilities({
      browserName: 'MiniBrowser',
      'webkitgtk:browserOptions': { binary: miniBrowser, args: ['--automation'] },
    });
    const address = `http://127.0.0.1:${port}/`;
    await answering(address, service);
    const driver = await new Builder().usingServer(address).withCapabilities(capabilities).build();
    await driver.manage().setTimeouts({ script: 120_000, pageLoad: 120_000 });
    return {
      complaints: [], // the protocol does not tell them
      goTo: (address) => driver.get(address),
      reload: () => driver.navigate().refresh(),
      async press(role, name) {
        const element = await driver.executeScript<WebElement | null>(`return ${elementOf(role, name)}`);
        if (!element) throw new Error(`There is no ${role} "${name}" to press.`);
        // Its driver does not scroll to what lies at the end of a window.
        await driver.executeScript('arguments[0].scrollIntoView({ block: "center" })', element);
        await element.click();
      },
      evaluate: (expression) =>
        driver.executeAsyncScript(
          `const done = arguments[0]; Promise.resolve().then(() => (${expression})).then(done, (error) => done({ failed: String(error) }));`,
        ),
      async close() {
        await driver.quit().finally(stop);
      },
    };
  } catch (error) {
    stop();
    throw error;
  }
}
