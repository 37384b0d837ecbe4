import { readFile } from 'node:fs/promises';
import { BlockList, isIP } from 'node:net';
import type { LogRecord } from '../../model/envelope.ts';
import { LpError, reasonOf } from '../../model/error.ts';
import { exitStatus } from '../../model/exit-status.ts';
import { crawlers } from './crawlers.ts';

/** Tells whether a record is of a visitor whom the owner, or a crawler's maker, vouches for. */
export type VisitorTest = (record: LogRecord) => boolean;

/**
 * The test for the addresses, networks and files of them that the owner trusts, and for crawlers that come from their own
 * networks. Throws `LpError` 64 for what is neither, 66 for a file that cannot be read, and 78 for a line that is no address,
 * with file and line.
 */
export async function goodVisitors(trusted: readonly string[]): Promise<VisitorTest> {
  const own = new BlockList();
  for (const text of trusted) await trust(own, text);
  const known = crawlers.map(({ agent, networks }) => ({ agent, list: listOf(networks) }));
  return ({ source, user_agent: agent }) => {
    const address = source?.ip;
    const folded = agent?.original?.toLowerCase();
    const named = folded === undefined ? [] : known.filter((crawler) => folded.includes(crawler.agent));
    // Looking an address up costs more than all else that is asked of most records.
    if (address === undefined || (named.length === 0 && trusted.length === 0)) return false;
    const version = isIP(address);
    if (version === 0) return false;
    const family = version === 4 ? 'ipv4' : 'ipv6';
    return own.check(address, family) || named.some((crawler) => crawler.list.check(address, family));
  };
}

async function trust(list: BlockList, text: string): Promise<void> {
  if (add(list, text)) return;
  if (/^[\d.]+(\/.*)?$|^[\da-f:]*:[\da-f:]*(\/.*)?$/i.test(text))
    throw new LpError(`--trusted: "${text}" is no address or network; write it like 192.0.2.10 or 10.0.0.0/8`, exitStatus.usage);
  const lines = await readFile(text, 'utf8').catch((thrown: unknown) => {
    throw new LpError(`cannot read the trusted addresses in ${text}: ${reasonOf(thrown)}`, exitStatus.noInput);
  });
  for (const [index, line] of lines.split('\n').entries()) {
    const [word = ''] = line.replace(/#.*/, '').trim().split(/\s/);
    if (word !== '' && !add(list, word))
      throw new LpError(`${text}:${index + 1}: "${word}" is no address or network`, exitStatus.config);
  }
}

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) add(list, network);
  return list;
}

/** Tells whether it could be added: an address, or a network such as `10.0.0.0/8`. */
function add(list: BlockList, text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const version = isIP(address);
  const widest = version === 4 ? 32 : 128;
  if (version === 0 || rest.length > 0 || (bits !== undefined && !(/^\d{1,3}$/.test(bits) && Number(bits) <= widest)))
    return false;
  list.addSubnet(address, bits === undefined ? widest : Number(bits), version === 4 ? 'ipv4' : 'ipv6');
  return true;
}
