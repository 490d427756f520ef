/** Connections that bring nothing. */

/** Seconds after which a connection that brings nothing counts as dead: browsers open six to a server, and those that hang keep all else from coming. */
const SILENCE = 30;

/** Nothing came for so long. */
export class Silence extends Error {}

/** What is awaited of a connection: its answer, or its next bytes. @throws Silence when it does not come; whoever hears of that ends the connection */
export async function unlessSilent<T>(work: Promise<T>, seconds = SILENCE): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Silence()), seconds * 1000);
  });
  try {
    return await Promise.race([work, silence]);
  } finally {
    clearTimeout(timer);
  }
}
