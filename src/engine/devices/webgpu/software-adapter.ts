/** Adapters that compute on the CPU. */

/** Names of such implementations: not every browser marks them, and not every browser names them. */
const NAMES = /swiftshader|llvmpipe|lavapipe|software|basic render/i;

/** Whether an adapter emulates a graphics card (SwiftShader, lavapipe, WARP). */
export const isSoftware = ({
  vendor,
  architecture,
  description,
  isFallbackAdapter,
}: Pick<GPUAdapterInfo, 'vendor' | 'architecture' | 'description' | 'isFallbackAdapter'>): boolean =>
  isFallbackAdapter || NAMES.test(`${vendor} ${architecture} ${description}`);
