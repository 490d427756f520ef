/**
 * Keeps two commands from computing one result: whoever does is named in FILE.lock beside it. A command that ended without a word, as by kill -9, holds
 * nothing: on one machine its process is gone. Of another machine that shares the folder nothing is known but that its lock is touched now and then,
 * which is watched; clocks are not compared, as they differ.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync, rmSync } from 'node:fs';
import { open, readFile, realpath, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import * as v from 'valibot';
import { pause } from '../src/platform/pause.ts';
import { writeWhole } from './output-file.ts';

/** Milliseconds. */
interface LockTimes {
  /** Between two touches of a lock. */
  readonly beat: number;
  /** Without a touch after which a lock holds no more: a processor may compute for a minute before it is free for one. */
  readonly patience: number;
  /** After which it shows which of two commands has taken over a lock. */
  readonly settling: number;
}

const TIMES: LockTimes = { beat: 20_000, patience: 180_000, settling: 500 };

const HolderSchema = v.object({
  pid: v.pipe(v.number(), v.integer()),
  host: v.string(),
  /** What gives its processes their numbers. */
  place: v.string(),
  since: v.string(),
  /** Of this lock alone. */
  token: v.string(),
});
type Holder = v.InferOutput<typeof HolderSchema>;

/** The start of this machine and the container, where Linux tells them: numbers of processes begin again in each. */
function placeHere(): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${hostname()} ${boot} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}

/** Null where there is no lock, or one that is not written yet. */
async function holderOf(lock: string): Promise<Holder | null> {
  try {
    const parsed = v.safeParse(HolderSchema, JSON.parse(await readFile(lock, 'utf8')));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}

/** Opened, because a file system on a network keeps what it knew of a file until then. Null where there is no lock. */
async function touchedAt(lock: string): Promise<number | null> {
  try {
    const handle = await open(lock);
    const { mtimeMs } = await handle.stat();
    await handle.close();
    return mtimeMs;
  } catch {
    return null;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'; // another user's is there
  }
}

/** Whether a lock is touched, or given up, while somebody waits for it. */
async function isTouched(lock: string, { beat, patience }: LockTimes): Promise<boolean> {
  const before = await touchedAt(lock);
  for (let waited = 0; waited < patience; waited += beat / 4) {
    await pause(beat / 4);
    if ((await touchedAt(lock)) !== before) return true;
  }
  return false;
}

async function isHeld(lock: string, holder: Holder | null, times: LockTimes): Promise<boolean> {
  if (holder?.place === placeHere()) return holder.pid !== process.pid && isRunning(holder.pid);
  if (holder)
    console.log(
      `${lock} names process ${holder.pid} on ${holder.host}. Within ${Math.ceil(times.patience / 60_000)} minutes it shows whether that still computes.`,
    );
  return isTouched(lock, times);
}

const refusal = (file: string, lock: string, holder: Holder | null): Error =>
  new Error(
    holder
      ? `${file} is being computed by process ${holder.pid} on ${holder.host}, since ${holder.since}. Name another file, or end that process; if it is none of ours, remove ${lock}.`
      : `${file} is being computed by another process. Name another file, or remove ${lock} where there is none.`,
  );

/** Writes a lock where there is none. @returns whether there was none */
async function created(lock: string, text: string): Promise<boolean> {
  try {
    await writeFile(lock, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Holds a file until this process ends, however it does.
 * @throws Error saying who computes it
 */
export async function lockOutput(file: string, times: LockTimes = TIMES): Promise<void> {
  const there = await stat(file).catch(() => null);
  if (there && !there.isFile()) return; // what is written to a terminal or a pipe is no one's
  const lock = `${await realpath(file).catch(() => file)}.lock`;
  const own: Holder = {
    pid: process.pid,
    host: hostname(),
    place: placeHere(),
    since: new Date().toISOString(),
    token: randomUUID(),
  };
  const text = `${JSON.stringify(own)}\n`;
  while (!(await created(lock, text))) {
    const holder = await holderOf(lock);
    if (await isHeld(lock, holder, times)) {
      if ((await touchedAt(lock)) === null) continue; // it was given up meanwhile
      throw refusal(file, lock, await holderOf(lock));
    }
    await writeWhole(lock, text);
    await pause(times.settling);
    const taken = await holderOf(lock);
    if (taken?.token !== own.token) throw refusal(file, lock, taken);
    break;
  }
  const beats = setInterval(() => void utimes(lock, new Date(), new Date()).catch(() => {}), times.beat);
  beats.unref();
  process.on('exit', () => {
    try {
      if ((JSON.parse(readFileSync(lock, 'utf8')) as Holder).token === own.token) rmSync(lock);
    } catch {
      // Somebody has removed it.
    }
  });
}
