/** What people read when a file is fetched over HTTP, in German. Sentences speak of “the files”, whose gender is the same for every thing. */
import { integer } from '../../core/number-format.ts';
import type { HTTP_WORDS } from './words.ts';

export const http: typeof HTTP_WORDS = {
  plainHttp: (host) =>
    `${host} soll über http geladen werden. Die Seite lädt über https, und über http nur von diesem Gerät: Schreibe https://, wenn der Server es kann, oder zieh die Dateien hierher.`,

  truncated: (path, host, { damaged }) =>
    `${path} auf ${host} ist kürzer, als der Header der Datei sagt: Sie ist an ihrer Quelle beschädigt. ${damaged}`,
  signIn: (host, { instead }) =>
    `${host} verlangt eine Anmeldung (401): Die Dateien sind privat oder nur mit Freigabe zugänglich, oder der Name ist falsch geschrieben. Zugangsdaten werden nicht gesendet; lade die Dateien mit deinem Konto herunter und ${instead}.`,
  forbidden: (host, { instead }) =>
    `${host} verbietet den Zugriff (403): Die Dateien sind nur mit Freigabe zugänglich, oder der Server erlaubt keine Downloads von hier. Lade sie mit deinem Konto herunter und ${instead}.`,
  noFile: (host, path, { check }) => `Auf ${host} gibt es diese Datei nicht (404): ${path}. ${check}`,
  noContent: (host, status, path, { check }) => `${host} antwortet ohne Datei (${status}): ${path}. ${check}`,
  refused: (host, status, { instead }) =>
    `${host} lehnt die Anfrage ab (${status}). Lade die Dateien selbst herunter und ${instead}.`,
  replaced: (path, host, { again }) => `${path} auf ${host} hat sich beim Lesen geändert. ${again}`,
  tooLarge: (url, limit) => `${url} ist größer als ${integer(limit)} Bytes. So groß ist keine solche Datei.`,
  noParts: (host, { instead }) =>
    `${host} liefert die Datei nicht mehr in Teilen. Lade die Dateien herunter und ${instead}.`,

  cut: (host) => `Die Verbindung zu ${host} ist abgerissen`,
  noAnswer: (host) => `${host} antwortet nicht`,
  noReach: (host) => `${host} ist nicht erreichbar`,
  tooMany: (host) => `${host} nimmt gerade keine weiteren Anfragen an (429)`,
  fault: (host, status) => `${host} hat eine Störung (${status})`,
  silent: (host) => `${host} sendet nichts mehr`,
  tryingAgain: (reason, seconds) => `${reason}; neuer Versuch in ${seconds} s`,
  givenUp: (reason, minutes, { later }) =>
    `${reason}.${minutes === null ? '' : ` Der Server bittet, ${integer(minutes)} Minuten zu warten.`} ${later}`,
  unreached: (reason, host, { later, offline }) =>
    `${reason}. ${offline ?? `Vielleicht bist du offline, oder der Server ${host}, oder einer, auf den er verweist, lässt andere Seiten seine Dateien nicht lesen (CORS).`} ${later}`,
};
