/** Serves a folder locally and opens it in Chromium. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser } from '@playwright/test';
import { findBrowser } from './browser.mjs';
import { CHROMIUM_FLAGS } from './chromium-flags.ts';
import { serve } from './serve.mjs';

/** @throws Error when the folder contains no built page. */
export function requireBuild(dist: string): void {
  if (!existsSync(path.join(dist, 'index.html')))
    throw new Error(`There is no built page in "${dist}": run "npm run build" first.`);
}

/** Serves the folder and runs a Chromium for the duration of `use`. @param flags in addition to the default ones */
export async function withChromium<R>(
  folder: string,
  use: (browser: Browser, url: string) => Promise<R>,
  flags: readonly string[] = [],
): Promise<R> {
  const executablePath = await findBrowser();
  const server = await serve({ folder });
  try {
    const browser = await chromium.launch({
      ...(executablePath ? { executablePath } : {}),
      args: [...CHROMIUM_FLAGS, ...flags],
    });
    try {
      return await use(browser, server.url);
    } finally {
      await browser.close();
    }
  } finally {
    await server.close();
  }
}
