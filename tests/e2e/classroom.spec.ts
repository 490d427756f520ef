/** A classroom: pages as clients of a federation, over tabs of one browser and over WebRTC, without drop-outs and with them. */
import { readFile } from 'node:fs/promises';
import { test, type Page } from '@playwright/test';
import { findTestBrowser } from '../../scripts/browser.mjs';
import {
  ADDRESS_BAR_PAGES,
  CHROMIUM_FLAGS,
  DISABLED_BY_PLAYWRIGHT,
  SHORT_LIVED_FLAGS,
} from '../../scripts/chromium-flags.ts';
import { violations } from '../support/accessibility.ts';
import { expect } from '../support/expect.ts';
import { complaints, expectFits, folderInput, WITHOUT_FIGURES } from '../support/page.ts';
import { makeFolder } from '../support/pictures.ts';

const browser = await findTestBrowser();

// Pages of one machine find each other by its address, which the browser otherwise hides behind a name that no server here knows.
test.use({
  launchOptions: {
    ...(browser ? { executablePath: browser } : {}),
    args: [
      ...CHROMIUM_FLAGS,
      ...SHORT_LIVED_FLAGS,
      `--disable-features=${[...DISABLED_BY_PLAYWRIGHT, ...ADDRESS_BAR_PAGES, 'WebRtcHideLocalIpsWithMdns'].join(',')}`,
      '--allow-loopback-in-peer-connection',
    ],
  },
});

const TINY = `?${WITHOUT_FIGURES}&task=food&arms=lora&steps=2&batch=4&seeds=0&test-images=9&shapley=off&pruning=off&landscape=off&rank=1&towers=vision&projections=q`;

/** What a device that is asked to a class opens. */
const join = (page: Page, address: string) => page.goto(address.replace('?', `?${WITHOUT_FIGURES}&`));

const rounds = (page: Page) => page.getByRole('figure', { name: 'Federated training', exact: true });

/** All numbers of the rounds, as the page keeps them. */
async function roundsCsv(page: Page): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    rounds(page).getByRole('button', { name: /CSV/ }).click(),
  ]);
  return (await readFile(await download.path(), 'utf8')).trim();
}

async function run(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Run/ }).click();
  await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible();
}

const ended = (page: Page): Promise<void> =>
  expect(page.getByRole('button', { name: /^Run/ })).toBeVisible({ timeout: 200_000 });

const panelOf = (page: Page) => page.getByRole('region', { name: 'Classroom', exact: true });

async function enter(page: Page, name: string): Promise<void> {
  await panelOf(page).getByLabel('Name of this device').fill(name);
  await panelOf(page).getByRole('button', { name: 'Join', exact: true }).click();
}

/** In a page: what it sends to other tabs is lost or late. */
function disturb(way: 'loses an answer' | 'is slow'): void {
  const { prototype } = BroadcastChannel;
  const { value: send } = Object.getOwnPropertyDescriptor(prototype, 'postMessage') as TypedPropertyDescriptor<
    (message: unknown) => void
  >;
  let isLost = false;
  prototype.postMessage = function (message: unknown) {
    const isFrame = message instanceof Uint8Array;
    if (way === 'is slow' && isFrame) setTimeout(() => send?.call(this, message), 400);
    // An answer is a frame as large as an adapter.
    else if (way === 'loses an answer' && isFrame && message.length > 1000 && !isLost) isLost = true;
    else send?.call(this, message);
  };
}

test('a tab and a device that join find what simulated clients find, bit for bit; who leaves in a round and returns is counted, as is what a slow way loses', async ({
  page,
  context,
}) => {
  const heard = complaints(page);
  await page.goto(`${TINY}&federated=clients:2;rounds:2;localSteps:2;rules:fedit,fedex-lora`);
  await run(page);
  await ended(page);
  const simulated = await roundsCsv(page);
  expect(simulated.split('\n')).toHaveLength(1 + 2 * 2);

  await page.getByRole('button', { name: /^Analyses/ }).click();
  await page.getByRole('button', { name: 'Classroom: devices as clients' }).click();
  const panel = panelOf(page);
  await panel.getByRole('button', { name: 'Open a classroom' }).click();
  const address = await panel.getByLabel('Address for another tab', { exact: true }).inputValue();

  const ada = await context.newPage();
  await join(ada, address);
  await enter(ada, 'Ada');
  await expect(panelOf(ada).getByRole('status')).toHaveText('Joined. Waiting for federated training to begin.');

  await panel.getByRole('button', { name: 'Invite a device' }).click();
  const invitation = await panel.getByLabel('Invitation', { exact: true }).inputValue();
  const bob = await context.newPage();
  await join(bob, invitation);
  await enter(bob, 'Bob');
  const answer = await panelOf(bob).getByLabel('Answer', { exact: true }).inputValue();
  await panel.getByLabel('Answer of the other device').fill(answer);
  await panel.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(panel.getByText('2 of 2 clients connected')).toBeVisible();
  await expect(panelOf(bob).getByRole('status')).toHaveText('Joined. Waiting for federated training to begin.');

  await run(page);
  await ended(page);
  const found = await roundsCsv(page);
  const columns = simulated.split('\n')[0].split(',').length;
  const same = found.split('\n').map((line) => line.trim().split(',').slice(0, columns).join(','));
  expect(same).toEqual(simulated.split('\n').map((line) => line.trim()));

  const attendance = page.getByRole('figure', { name: 'Who took part', exact: true });
  await expect(attendance.locator('figcaption')).toContainText('8 of 8 answers came in time');
  expect(await violations(panel)).toEqual([]);
  expect(await violations(panelOf(ada))).toEqual([]);
  // Nobody waits for the study that is over.
  await expect(panelOf(bob).getByRole('status')).toHaveText(/^The study is over\./);
  await expect(panel.getByRole('status').filter({ hasText: /^The study is over\./ })).toBeVisible();

  // The leading page is loaded again: its room is open again, with the same code, to which tabs and devices return.
  await page.goto(`${TINY}&federated=clients:2;rounds:3;localSteps:120;rules:fedex-lora&classroom`);
  await expect(panel.getByText('2 of 2 clients connected')).toBeVisible();
  await panelOf(bob).getByRole('button', { name: 'Leave' }).click();
  await bob.close();
  const enterAsCyd = async (): Promise<Page> => {
    const cyd = await context.newPage();
    await join(cyd, address);
    await enter(cyd, 'Cyd');
    await expect(panel.getByText('2 of 2 clients connected')).toBeVisible();
    return cyd;
  };
  const cyd = await enterAsCyd();
  await run(page);
  const seat = (name: string) => panel.getByRole('listitem').filter({ hasText: name });
  await expect(seat('Cyd')).toContainText(/trains round 1/);
  // The round goes on without the one that leaves; the next one waits, so that it begins with both.
  await page.getByRole('button', { name: 'Pause' }).click();
  await cyd.close();
  await expect(seat('Cyd')).toContainText('gone');
  await expect(panel.getByText('1 of 2 clients connected')).toBeVisible();
  await expect(seat('Ada')).toContainText('waits');
  const again = await enterAsCyd();
  await page.getByRole('button', { name: 'Resume' }).click();
  await ended(page);
  await expect(attendance.locator('figcaption')).toContainText('5 of 6 answers came in time');
  await attendance.getByText(/^Data table/).click();
  await expect(attendance.getByRole('row', { name: /Ada/ })).toContainText(/Ada\s*3\s*3\s*3/);
  await expect(attendance.getByRole('row', { name: /Cyd/ })).toContainText(/Cyd\s*2\s*3\s*3/);

  // A way that is slow and loses an answer: the round ends at its deadline with the other one, and the next one has both.
  await page.goto(`${TINY}&federated=clients:2;rounds:2;localSteps:2;rules:fedit&classroom`);
  await expect(panel.getByText('2 of 2 clients connected')).toBeVisible();
  const deadline = panel.getByRole('textbox', { name: 'Deadline of a round, seconds' });
  await deadline.fill('30');
  await deadline.blur();
  await ada.evaluate(disturb, 'loses an answer' as const);
  await again.evaluate(disturb, 'is slow' as const);
  await run(page);
  await ended(page);
  await expect(attendance.locator('figcaption')).toContainText('3 of 4 answers came in time');
  await attendance.getByText(/^Data table/).click();
  await expect(attendance.getByRole('row', { name: /Ada/ })).toContainText(/Ada\s*1\s*2\s*2/);
  await expect(attendance.getByRole('row', { name: /Cyd/ })).toContainText(/Cyd\s*2\s*2\s*2/);

  for (const view of [page, again]) {
    await view.setViewportSize({ width: 390, height: 844 });
    await expectFits(view);
  }
  await panelOf(again).getByRole('button', { name: 'Leave' }).click();
  await expect(panel.getByText('1 of 2 clients connected')).toBeVisible();
  expect(heard).toEqual([]);
});

test('a page that is loaded again is in its class again: a tab, and a device that was invited; not where it was closed', async ({
  page,
  context,
  browser: other,
  baseURL,
}) => {
  await page.goto(`${TINY}&federated=clients:2;rounds:2;localSteps:2;rules:fedit&classroom`);
  const panel = panelOf(page);
  await panel.getByRole('button', { name: 'Open a classroom' }).click();
  const ada = await context.newPage();
  await join(ada, await panel.getByLabel('Address for another tab', { exact: true }).inputValue());
  await enter(ada, 'Ada');
  const here = panel.getByText('2 of 2 clients connected');
  await panel.getByRole('button', { name: 'Invite a device' }).click();
  // A browser of its own, which shares nothing with the leading page.
  const phone = await other.newContext({ ...(baseURL !== undefined && { baseURL }) });
  const bob = await phone.newPage();
  await join(bob, await panel.getByLabel('Invitation', { exact: true }).inputValue());
  await enter(bob, 'Bob');
  await panel
    .getByLabel('Answer of the other device')
    .fill(await panelOf(bob).getByLabel('Answer', { exact: true }).inputValue());
  await panel.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(here).toBeVisible();
  const isAgreed = () => bob.evaluate(() => sessionStorage.getItem('copra-class-membership') !== null);
  // Twice: what was agreed on is used up by a return.
  for (const again of [1, 2]) {
    await expect.poll(isAgreed, `agreed on, ${again}`).toBe(true);
    await Promise.all([ada.reload(), bob.reload()]);
    await expect(panelOf(ada).getByText('Ada, client 1')).toBeVisible();
    await expect(panelOf(bob).getByText('Bob, client 2')).toBeVisible();
    await expect(here).toBeVisible();
  }
  await panel.getByRole('button', { name: 'Close the classroom' }).click();
  await expect(panelOf(bob).getByRole('status')).toHaveText('The leading page has closed the classroom.');
  await expect(panelOf(ada).getByRole('status')).toHaveText(/^The leading page has closed classroom .*again by itself/);
  for (const view of [page, ada, bob]) {
    await view.reload();
    await expect(panelOf(view).getByRole('button', { name: 'Join', exact: true })).toBeVisible();
  }
  await phone.close();
});

test('an invited device is in its class again when the leading page is loaded again, and the resumed study finds it', async ({
  page,
  browser: other,
  baseURL,
}) => {
  await page.goto(`${TINY}&federated=clients:2;rounds:2;localSteps:400;rules:fedit&classroom`);
  const panel = panelOf(page);
  await panel.getByRole('button', { name: 'Open a classroom' }).click();
  const phones = await Promise.all(
    ['Ada', 'Bob'].map(() => other.newContext({ ...(baseURL !== undefined && { baseURL }) })),
  );
  const [ada, bob] = await Promise.all(phones.map((phone) => phone.newPage()));
  for (const [device, name] of [
    [ada, 'Ada'],
    [bob, 'Bob'],
  ] as const) {
    await panel.getByRole('button', { name: 'Invite a device' }).click();
    await join(device, await panel.getByLabel('Invitation', { exact: true }).inputValue());
    await enter(device, name);
    await panel
      .getByLabel('Answer of the other device')
      .fill(await panelOf(device).getByLabel('Answer', { exact: true }).inputValue());
    await panel.getByRole('button', { name: 'Connect', exact: true }).click();
    await expect(panel.getByRole('listitem').filter({ hasText: name })).toBeVisible();
  }
  const here = panel.getByText('2 of 2 clients connected');
  const ways = () => page.evaluate(() => sessionStorage.getItem('copra-class-seats')?.match(/"invitation"/g)?.length);
  const agreedWith = 2 * 2; // ways to either device
  // Again and again: what was agreed on is used up by a return. And once more before the next way is.
  for (const again of [1, 2]) {
    await expect.poll(ways, `agreed on, ${again}`).toBe(agreedWith);
    for (let reload = 0; reload < 2; reload++) {
      await page.reload();
      await expect(here).toBeVisible();
    }
    await expect(panelOf(bob).getByText('Bob, client 2')).toBeVisible();
  }
  await expect.poll(ways, 'agreed on, before the study').toBe(agreedWith);
  await run(page);
  const seat = (name: string) => panel.getByRole('listitem').filter({ hasText: name });
  await expect(seat('Bob')).toContainText(/trains round 1/);
  await page.reload();
  await expect(here).toBeVisible();
  await page
    .getByRole('region', { name: 'Studies to resume' })
    .getByRole('button', { name: 'Resume with the analyses' })
    .click();
  await ended(page);
  const attendance = page.getByRole('figure', { name: 'Who took part', exact: true });
  await attendance.getByText(/^Data table/).click();
  await expect(attendance.getByRole('row', { name: /Bob/ })).toContainText(/2\s*Bob\s*2\s*2\s*2/);
  for (const phone of phones) await phone.close();
});

/** In a page: the addresses of other devices lead nowhere, as in a network that keeps devices apart. */
function keepApart(): void {
  const { prototype } = RTCPeerConnection;
  const { value: describe } = Object.getOwnPropertyDescriptor(
    prototype,
    'setRemoteDescription',
  ) as TypedPropertyDescriptor<(description: RTCSessionDescriptionInit) => Promise<void>>;
  const apart = function (
    this: RTCPeerConnection,
    { type, sdp }: RTCSessionDescriptionInit,
  ): Promise<void> | undefined {
    return describe?.call(this, { type, sdp: sdp?.replaceAll(/(a=candidate:\S+ \d \S+ \d+ )\S+/g, '$1198.51.100.7') });
  };
  Object.assign(prototype, { setRemoteDescription: apart });
}

test('devices that find no way to each other are told what to do, and may be invited again', async ({
  page,
  context,
}) => {
  await context.addInitScript(keepApart);
  await page.goto(`${TINY}&federated=clients:2;rounds:2;localSteps:2;rules:fedit&classroom`);
  const panel = panelOf(page);
  await panel.getByRole('button', { name: 'Open a classroom' }).click();
  await panel.getByRole('button', { name: 'Invite a device' }).click();
  const bob = await context.newPage();
  await join(bob, await panel.getByLabel('Invitation', { exact: true }).inputValue());
  await enter(bob, 'Bob');
  const answer = await panelOf(bob).getByLabel('Answer', { exact: true }).inputValue();
  await panel.getByLabel('Answer of the other device').fill(answer);
  await panel.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(panel.getByRole('button', { name: 'Connecting …' })).toBeVisible();

  await expect(panelOf(bob).getByRole('status')).toHaveText(/no way to the leading device is found yet/);
  await expect(panelOf(bob).getByText(/ask for a new invitation/)).toBeVisible();
  // The leading page may not have it yet.
  await expect(panelOf(bob).getByLabel('Answer', { exact: true })).toHaveValue(answer);
  await expect(panel.getByRole('alert')).toContainText(/find no way to each other/);
  await panel.getByRole('button', { name: 'Invite a device' }).click();
  await expect(panel.getByRole('alert')).toBeHidden();
  await expect(panel.getByLabel('Invitation', { exact: true })).not.toHaveValue('');
});

test('an invitation stays when its panel is hidden or speaks another language, and an answer to an older one is refused', async ({
  page,
  context,
}) => {
  await page.goto(`${TINY}&federated=clients:2;rounds:2;localSteps:2;rules:fedit&classroom`);
  const panel = panelOf(page);
  await panel.getByRole('button', { name: 'Open a classroom' }).click();
  const address = await panel.getByLabel('Address for another tab', { exact: true }).inputValue();
  await panel.getByRole('button', { name: 'Invite a device' }).click();
  const invitation = panel.getByLabel('Invitation', { exact: true });
  const first = await invitation.inputValue();
  await panel.getByRole('button', { name: 'Hide', exact: true }).click();
  await expect(panel).toBeHidden();
  await page.getByRole('button', { name: /^Analyses/ }).click();
  await page.getByRole('button', { name: 'Classroom: devices as clients' }).click();
  await expect(invitation).toHaveValue(first);
  await page.getByRole('button', { name: 'Deutsch' }).click();
  const german = page.getByRole('region', { name: 'Klassenraum', exact: true });
  await expect(german.getByLabel('Einladung', { exact: true })).toHaveValue(first);
  await page.getByRole('button', { name: 'English' }).click();

  const bob = await context.newPage();
  await join(bob, first);
  await enter(bob, 'Bob');
  const answerOf = () => panelOf(bob).getByLabel('Answer', { exact: true }).inputValue();
  const stale = await answerOf();
  await panel.getByRole('button', { name: 'New invitation' }).click();
  await expect(invitation).not.toHaveValue(first);
  const connect = async (answer: string): Promise<void> => {
    await panel.getByLabel('Answer of the other device').fill(answer);
    await panel.getByRole('button', { name: 'Connect', exact: true }).click();
  };
  await connect(stale);
  await expect(panel.getByRole('alert')).toContainText('not the answer to this invitation');
  // Its address is opened where the page is already, which the browser does not load again, and its panel is hidden.
  await panelOf(bob).getByRole('button', { name: 'Hide', exact: true }).click();
  await expect(panelOf(bob)).toBeHidden();
  await join(bob, await invitation.inputValue());
  await enter(bob, 'Bob');
  await connect(await answerOf());
  await expect(panel.getByText('1 of 2 clients connected')).toBeVisible();
  await expect(invitation).toBeHidden();
  await expect(panel.getByRole('alert')).toBeHidden();

  // The address of a classroom is as good as its code.
  const ada = await context.newPage();
  await join(ada, '?classroom');
  await panelOf(ada).getByLabel('Code or invitation').fill(address);
  await enter(ada, 'Ada');
  await expect(panel.getByText('2 of 2 clients connected')).toBeVisible();
});

test('a study of a class that is resumed after a reload waits for the class, whose devices have the same clients', async ({
  page,
  context,
}) => {
  await page.goto(`${TINY}&federated=clients:2;rounds:2;localSteps:400;rules:fedit&classroom`);
  const panel = panelOf(page);
  await panel.getByRole('button', { name: 'Open a classroom' }).click();
  const address = await panel.getByLabel('Address for another tab', { exact: true }).inputValue();
  const seat = (name: string) => panel.getByRole('listitem').filter({ hasText: name });
  const tabs: Page[] = [];
  for (const [i, name] of ['Ada', 'Bob'].entries()) {
    tabs.push(await context.newPage());
    await join(tabs[i], address);
    await enter(tabs[i], name);
    await expect(seat(name)).toContainText(`Client ${i + 1}`);
  }
  await run(page);
  await expect(seat('Bob')).toContainText(/trains round 1/);
  await page.reload();
  // It is open again, and is closed here for the study to wait.
  await panel.getByRole('button', { name: 'Close the classroom' }).click();
  const offer = page.getByRole('region', { name: 'Studies to resume' });
  await expect(offer).toContainText('The devices of a classroom train its clients');
  await expect(offer.getByRole('button', { name: 'Resume, clients simulated' })).toBeVisible();
  await offer.getByRole('button', { name: 'Resume with the analyses' }).click();
  await expect(page.getByText(/Round 1 of the federation waits: no device of the classroom/).first()).toBeVisible();
  await tabs[0].close();
  await panel.getByRole('button', { name: 'Open a classroom' }).click();
  await expect(seat('Bob')).toContainText('Client 2');
  await ended(page);
  const attendance = page.getByRole('figure', { name: 'Who took part', exact: true });
  await attendance.getByText(/^Data table/).click();
  await expect(attendance.getByRole('row', { name: /Bob/ })).toContainText(/2\s*Bob\s*2\s*2\s*2/);
});

test('of own images: a device trains on its own pictures of the same classes, and one that brings none is told', async ({
  page,
  context,
}, info) => {
  const classes = { limes: '#2a2', plums: '#52c' };
  const [leads, joins] = await Promise.all(
    ['leads', 'joins'].map((name) => makeFolder(info.outputPath(name), classes)),
  );
  await page.goto(`${TINY}&federated=clients:2;rounds:2;localSteps:2;rules:fedit&classroom`);
  await folderInput(page).setInputFiles(leads);
  await expect(page.getByText('16 images, 2 classes')).toBeVisible();
  const panel = panelOf(page);
  await panel.getByRole('button', { name: 'Open a classroom' }).click();
  const address = await panel.getByLabel('Address for another tab', { exact: true }).inputValue();

  const ada = await context.newPage();
  await join(ada, address);
  await folderInput(ada).setInputFiles(joins);
  await ada.getByRole('radio', { name: /^My own: 16 images/ }).click();
  await enter(ada, 'Ada');
  const bob = await context.newPage();
  await join(bob, address);
  await enter(bob, 'Bob');
  await expect(panel.getByText('2 of 2 clients connected')).toBeVisible();

  await run(page);
  const seat = (name: string) => panel.getByRole('listitem').filter({ hasText: name });
  await expect(seat('Bob')).toContainText('join with images of your own');
  await bob.close();
  await ended(page);
  const attendance = page.getByRole('figure', { name: 'Who took part', exact: true });
  await attendance.getByText(/^Data table/).click();
  await expect(attendance.getByRole('row', { name: /Ada/ })).toContainText(/Ada\s*2\s*2\s*2\s*10\s*10$/);
  const images = page.getByRole('figure', { name: 'Images of the clients', exact: true });
  await expect(images.locator('figcaption')).toContainText('left out: 1 client with images of their own');
});

test('to join stands out for who was invited, above a class of one’s own', async ({ page }) => {
  await join(page, '?classroom=ABCD');
  await panelOf(page).getByLabel('Name of this device').fill('Ada');
  const shade = (name: string | RegExp) =>
    page
      .getByRole('button', { name })
      .first()
      .evaluate((button) => getComputedStyle(button).backgroundColor);
  const joining = await shade('Join');
  expect(await shade('Open a classroom')).not.toBe(joining);
});
