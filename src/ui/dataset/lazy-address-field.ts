/** The field for an address, which few people need. */
import type { ComponentType } from 'react';
import { lazily } from '../lazily.tsx';
import type { AddressFieldProps } from './AddressField.tsx';

export const LazyAddressField: ComponentType<AddressFieldProps> = lazily(
  async () => (await import('./AddressField.tsx')).AddressField,
);
