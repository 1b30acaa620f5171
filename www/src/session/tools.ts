// Runs the integrator's tools: within their time, once for each key, and never into the page's face.

import type { Tool, ToolResult } from '../../../pkg/types/index.d.ts';
import type { RunTool } from '../contracts/index.ts';

/** Runs one tool. Anything but an answer in time is `failed`. */
export async function runTool(
  tools: Record<string, Tool>,
  key: string,
  { tool, arguments: args, timeout_ms }: RunTool,
  warn: (sentence: string) => void,
): Promise<Required<ToolResult>> {
  const run = Object.keys(tools).includes(tool) ? tools[tool] : undefined;
  if (!run) {
    warn(`the playbook calls the tool "${tool}", which is not registered: pass it to init({ tools: { ${tool}: … } })`);
    return { outcome: 'failed', values: {} };
  }
  const abort = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      abort.abort();
      reject(new Error(`no answer within ${timeout_ms} ms`));
    }, timeout_ms);
  });
  try {
    const call = Promise.resolve().then(() => run({ ...args }, { key, signal: abort.signal }));
    return checked(await Promise.race([call, late]));
  } catch (error) {
    warn(`the tool "${tool}" failed: ${error instanceof Error ? error.message : String(error)}`);
    return { outcome: 'failed', values: {} };
  } finally {
    clearTimeout(timer);
  }
}

function checked(result: ToolResult): Required<ToolResult> {
  if (typeof result?.outcome !== 'string') {
    throw new Error('it must return { outcome: "…", values: { … } }');
  }
  const values = Object.entries(result.values ?? {}).map(([name, value]) => [name, String(value)]);
  return { outcome: result.outcome, values: Object.fromEntries(values) as Record<string, string> };
}
