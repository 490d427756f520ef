/** The version of the app, from package.json: part of the provenance of every result. */
export { version as APP_VERSION } from '../../package.json';
