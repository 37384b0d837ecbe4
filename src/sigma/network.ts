import { BlockList, isIP } from 'node:net';
import type { TextTest } from './wildcard.ts';

/** The test whether a text is an address of a network such as `10.0.0.0/8` or `fe80::/10`; undefined when that is none. */
export function networkTest(network: string): TextTest | undefined {
  const [address = '', bits = '', ...rest] = network.split('/');
  const version = isIP(address);
  const prefix = Number(bits);
  if (version === 0 || rest.length > 0 || !/^\d{1,3}$/.test(bits) || prefix > (version === 4 ? 32 : 128)) return undefined;
  const family = version === 4 ? 'ipv4' : 'ipv6';
  const list = new BlockList();
  list.addSubnet(address, prefix, family);
  return (text) => isIP(text) === version && list.check(text, family);
}
