/** Which versions of Node run the project: those that all of its tools run in. Newer even and odd ones alike, but no old odd ones. */

/** Per major version the first minor one; later major versions are newer than all. */
const FIRST_MINOR = { 20: 19, 22: 12 };
const ANY_FROM = 24;
const LINES = Object.entries(FIRST_MINOR).map(([major, minor]) => `${major}.${minor}`);

/** For people. */
export const NODE_WORDS = `${LINES.join(', ')}, or ${ANY_FROM} and newer`;

/** @param {string} version as in process.versions.node */
export function isNodeSupported(version) {
  const [major, minor] = version.split('.').map(Number);
  return major >= ANY_FROM || minor >= (FIRST_MINOR[major] ?? Infinity);
}
