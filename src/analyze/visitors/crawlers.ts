/** A crawler that says who it is, and where its makers say that it comes from. */
export interface Crawler {
  /** Stands in its user agent, in small letters. */
  readonly agent: string;
  readonly networks: readonly string[];
}

const google = ['66.249.64.0/19', '192.178.4.0/22', '2001:4860:4801::/48'];
const yandex = [
  '5.45.192.0/18',
  '5.255.192.0/18',
  '37.9.64.0/18',
  '37.140.128.0/18',
  '77.88.0.0/18',
  '84.252.160.0/19',
  '87.250.224.0/19',
  '93.158.128.0/18',
  '95.108.128.0/17',
  '141.8.128.0/18',
  '178.154.128.0/18',
  '2a02:6b8::/29',
];
const meta = [
  '31.13.24.0/21',
  '31.13.64.0/18',
  '66.220.144.0/20',
  '69.63.176.0/20',
  '69.171.224.0/19',
  '157.240.0.0/16',
  '173.252.64.0/18',
  '2a03:2880::/32',
];

/**
 * Crawlers that are believed only from their own networks, so that nobody else can take their name. Networks that are
 * rented, or change from month to month, are left out: `--trusted` takes them. Sources: what their makers publish, and whom
 * the registries name: developers.google.com/search/apis/ipranges/googlebot.json, www.bing.com/toolbox/bingbot.json,
 * search.developer.apple.com/applebot.json and Apple's 17.0.0.0/8, yandex.com/ips, Meta's AS32934.
 */
export const crawlers: readonly Crawler[] = [
  { agent: 'googlebot', networks: google },
  { agent: 'google-inspectiontool', networks: google },
  { agent: 'googleother', networks: google },
  {
    agent: 'bingbot',
    networks: [
      '13.66.139.0/24',
      '13.66.144.0/24',
      '13.67.10.16/28',
      '13.69.66.240/28',
      '13.71.172.224/28',
      '20.36.108.32/28',
      '20.43.120.16/28',
      '20.79.107.240/28',
      '20.125.163.80/28',
      '40.77.139.0/25',
      '40.77.167.0/24',
      '40.77.177.0/24',
      '40.77.178.0/23',
      '40.77.188.0/22',
      '40.77.202.0/24',
      '40.79.131.208/28',
      '40.79.186.176/28',
      '51.105.67.0/28',
      '52.167.144.0/24',
      '52.231.148.0/28',
      '65.55.210.0/24',
      '139.217.52.0/28',
      '157.55.39.0/24',
      '191.233.204.224/28',
      '199.30.24.0/23',
      '207.46.13.0/24',
    ],
  },
  { agent: 'applebot', networks: ['17.0.0.0/8'] },
  { agent: 'yandex', networks: yandex },
  { agent: 'facebookexternalhit', networks: meta },
  { agent: 'meta-externalagent', networks: meta },
];
