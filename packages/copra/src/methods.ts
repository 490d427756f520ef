/** Methods: which layers are active in which step, as laws. */
export { METHODS, METHOD_IDS, methodOf, type MethodId } from '../../../src/copra/methods/registry.ts';
export { DEFAULT_INITIAL_DROPOUT, type Method, type MethodSettings } from '../../../src/copra/methods/method.ts';
