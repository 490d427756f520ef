/** Settings of the tests on other domains. */
import { OTHER_DOMAINS, otherDomainName, type OtherDomainId } from '../../../data/bundled/other-domains.ts';
import { analysisSchema, switchedOn } from '../../config/settings/analysis-rows.ts';
import { many, number, onOff } from '../../config/settings/rows.ts';

export const DOMAINS_SETTINGS = {
  enabled: onOff({
    label: 'Other domains',
    query: 'domains',
    usual: false,
  }),
  domains: many({
    label: 'Tested on',
    query: 'test-domains',
    options: [...OTHER_DOMAINS],
    none: true,
    named: (id) => otherDomainName(id as OtherDomainId),
    usual: [...OTHER_DOMAINS],
  }),
  images: number({
    label: 'Images per domain',
    query: 'domain-images',
    min: 10,
    max: 100000,
    whole: true,
    step: 50,
    usual: 200,
  }),
  paths: many({
    label: 'Paths',
    query: 'domain-paths',
    options: ['factor', 'product'],
    none: true,
    usual: ['factor'],
  }),
  points: number({
    label: 'Points of a path',
    query: 'domain-points',
    when: ({ paths }) => Array.isArray(paths) && paths.length > 0,
    min: 3,
    max: 101,
    whole: true,
    step: 2,
    usual: 5,
  }),
  orders: number({
    label: 'Orders of layers',
    query: 'domain-orders',
    min: 0,
    max: 64,
    whole: true,
    step: 2,
    usual: 2,
  }),
  scales: number({
    label: 'Scaled updates',
    query: 'domain-scales',
    optional: true,
    min: 0,
    max: 99,
    whole: true,
    step: 1,
    usual: 4,
  }),
};

export const DomainsSchema = analysisSchema(DOMAINS_SETTINGS);

export const USUAL_DOMAINS = switchedOn(DOMAINS_SETTINGS);
