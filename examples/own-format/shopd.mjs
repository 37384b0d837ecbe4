/** What shopd writes: the moment, its name and number, and what it has to say. */
export default ({ pattern, stamp, number, text, longest, ip, oneOf, set, within }) => {
  const failed = set({ 'event.category': ['authentication'], 'event.action': 'shop_login', 'event.outcome': 'failure' });
  const said = oneOf(
    // A user may call himself anything: the address is the one behind the last such words.
    pattern`login of "${longest('user.name')}" refused from ${ip('source', 'rest')}${failed}`,
    pattern`order ${number()} placed by ${text('user.name')} from ${ip('source', 'rest')}`,
    [],
  );
  return {
    name: 'shopd',
    title: 'what the shop says',
    dataset: 'shop.log',
    pattern: pattern`${stamp('rfc3339')} ${text('process.name')}[${number('process.pid')}] ${within('rest', [said], 'message')}`,
  };
};
