/** 128 random bits as hexadecimal digits. Unlike `crypto.randomUUID` it is there on pages that are not served securely, as in a classroom's own network. */
export const randomId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
