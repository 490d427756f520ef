/** Whether bytes are a web page. Some hosts answer with their start page where there is no file, and networks that want their guests to log in with a page for that. */
export const isPage = (bytes: ArrayBuffer): boolean =>
  /^\s*<(!doctype|html)/i.test(new TextDecoder().decode(bytes.slice(0, 99)));
