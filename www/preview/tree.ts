// A flow as a tree: each node once, where it is reached soonest, and the taps that lead to it.

import type { Accept, Flow, Move, Node, Text, Tool } from './contract.ts';

/** A way from a node to the next. */
export interface Edge {
  /** The button's words. */
  label?: Text;
  /** The tool's outcome. */
  outcome?: string;
  to: string;
  moves: Move[];
}

export interface Branch {
  edge: Edge;
  /** The node there, drawn here; none where it is drawn elsewhere, or missing. */
  tree?: Tree;
}

export interface Tree {
  node: Node;
  /** What leads from the flow's start to it. */
  moves: Move[];
  branches: Branch[];
}

/** Values that fit, to go on with where a flow asks for one. */
export const EXAMPLES: Record<Accept, string> = { text: 'ABC', order: '2026080010479036', amount: '120.50', last_four: '6789' };

export function edges(node: Node, tools: Tool[]): Edge[] {
  switch (node.do) {
    case 'choose':
      return node.options.map(({ label, next }, i) => ({ label, to: next, moves: [{ choose: `flow:${i}` }] }));
    case 'slot':
      return [{ to: node.next, moves: [{ say: EXAMPLES[node.accept] }] }];
    case 'tool': {
      const asks: Move[] = tools.find(({ id }) => id === node.tool)?.confirm ? [{ choose: 'tool:yes' }] : [];
      return Object.entries(node.next).map(([outcome, to]) => ({ outcome, to, moves: [...asks, { tool: outcome }] }));
    }
    case 'guide':
      return node.next ? [{ to: node.next, moves: [{ guide: 'done' }] }] : [];
    case 'say':
      return node.next ? [{ to: node.next, moves: [] }] : [];
    case 'human':
      return [];
  }
}

/** The tree below the first node; what nothing leads to is not in it. */
export function grow({ nodes }: Flow, tools: Tool[]): Tree | undefined {
  const root = nodes[0] && { node: nodes[0], moves: [], branches: [] };
  if (!root) return undefined;
  const drawn = new Set([root.node.id]);
  const waiting: Tree[] = [root];
  for (let tree = waiting.shift(); tree; tree = waiting.shift()) {
    for (const edge of edges(tree.node, tools)) {
      const node = drawn.has(edge.to) ? undefined : nodes.find(({ id }) => id === edge.to);
      if (!node) {
        tree.branches.push({ edge });
        continue;
      }
      const below: Tree = { node, moves: [...tree.moves, ...edge.moves], branches: [] };
      drawn.add(node.id);
      tree.branches.push({ edge, tree: below });
      waiting.push(below);
    }
  }
  return root;
}

/** The ids of all nodes in a tree. */
export function reached({ node, branches }: Tree): Set<string> {
  return new Set([node.id, ...branches.flatMap(({ tree }) => (tree ? [...reached(tree)] : []))]);
}
