// Files of the package and of the network, read in one way: like `fetch`.

import type { Vendor } from './vendor.ts';

export function packageOrNetwork(vendor: Vendor): typeof fetch {
  const get = async (url: string) => {
    const { status, data } = url.startsWith('/') ? { status: 200, data: await vendor.readFile(url) } : await download(vendor, url);
    return { ok: status >= 200 && status < 300, status, arrayBuffer: async () => data as ArrayBuffer };
  };
  return get as unknown as typeof fetch;
}

async function download(vendor: Vendor, url: string) {
  try {
    return await vendor.request({ url, bytes: true });
  } catch (error) {
    throw new Error(`${url} could not be fetched (${(error as Error).message}): its host must be a request domain of this mini-program`);
  }
}
