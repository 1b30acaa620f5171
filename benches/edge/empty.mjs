// What workerd costs by itself.

export default { fetch: () => new Response("{}") };
