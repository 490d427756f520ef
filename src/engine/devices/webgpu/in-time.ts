/** An end to what a browser is asked of its GPU before there is a device to watch: some drivers never let it answer. */
import { NoDeviceError } from '../../errors.ts';
import { ENGINE_NOTICES } from '../../words.ts';

/** A driver that starts takes seconds. */
const ANSWER_MS = 30_000;

/** @throws NoDeviceError when no answer comes */
export async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NoDeviceError(ENGINE_NOTICES.noAnswer)), ANSWER_MS);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
