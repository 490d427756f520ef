/** The app's version, from package.json. Every result records it as provenance. */
export { version as APP_VERSION } from '../../package.json';
