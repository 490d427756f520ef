/** Components that are loaded when they are first shown. */
import { lazy, type ComponentType, type LazyExoticComponent } from 'react';

/** Render inside Suspense. */
export const lazily = <Props>(load: () => Promise<ComponentType<Props>>): LazyExoticComponent<ComponentType<Props>> =>
  lazy(async () => ({ default: await load() }));
