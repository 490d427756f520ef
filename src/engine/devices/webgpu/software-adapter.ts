/** Adapters that compute on the CPU. */
import type { AdapterInfo } from './adapter-info.ts';

/** Names of such implementations: not every browser marks them, and not every browser names them. */
const NAMES = /swiftshader|llvmpipe|lavapipe|software|basic render/i;

/** Whether an adapter emulates a graphics card (SwiftShader, lavapipe, WARP). */
export const isSoftware = ({
  vendor,
  architecture,
  description,
  isFallbackAdapter,
}: Pick<AdapterInfo, 'vendor' | 'architecture' | 'description' | 'isFallbackAdapter'>): boolean =>
  isFallbackAdapter || NAMES.test(`${vendor} ${architecture} ${description}`);
