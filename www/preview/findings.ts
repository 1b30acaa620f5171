// What `unstuck check` finds, in Chinese: its own sentences are English, with what they are about in the
// holes. A sentence that is not in this table is shown as it is; a test holds the table against the
// sources that say them.

/** Each sentence with `{}` for its holes; `{1}` is the first of them. The one with most words that fits is taken. */
export const SENTENCES: Record<string, string> = {
  // The files.
  '{} cannot be read ({})': '读不了 {1}（{2}）',
  '{} holds no YAML file': '{1} 里没有 YAML 文件',
  'name a folder with YAML files, or one file': '请指定一个有 YAML 文件的文件夹，或一个文件',
  'mend or move the file': '改好或移走这个文件',
  'the file cannot be read ({})': '文件读不了（{1}）',
  'the file has {} bytes, more than {}': '文件有 {1} 字节，超过了 {2}',
  'this is no YAML ({})': '这不是 YAML（{1}）',
  'mend the syntax; a colon or a hash inside words needs quotes around them': '改好语法；文字里有冒号或井号时，要加引号',
  'the file is no mapping': '文件的最外层不是键值',
  'begin its lines with keys such as `cards:`': '每段以 `cards:` 这样的键开头',
  '`{}` is said already at {}': '`{1}` 在 {2} 已经写过',
  '`{}` is said already': '`{1}` 已经写过',
  'say it once; only lists add up over files': '只写一次；只有列表能分写在几个文件里',
  'values are nested too deep': '嵌套太深',
  'keep them flatter': '减少层数',
  'a number must be finite': '数字必须有限',
  'write a finite number': '写一个有限的数',
  'a playbook has no tags': '剧本里不能有标签',
  'leave the `!` out, or put the words in quotes': '去掉 `!`，或给文字加引号',
  'this value cannot be read': '这个值读不了',
  'write it out in plain YAML': '用普通的 YAML 写出来',
  'a key must be a word': '键必须是词',
  'put it in quotes': '加上引号',
  // The shape.
  '{} is not known here': '这里不认识 {1}',
  '{} cannot stand here': '这里不能写 {1}',
  'compare it with schemas/playbook.json': '对照 schemas/playbook.json',
  'version {} is not known': '不认识版本 {1}',
  // Ids and references.
  'there is a {} `{}` already': '已经有名为 `{2}` 的{1}',
  'give each an id of its own': '给每一个起不同的 id',
  '`{}` cannot be an id': '`{1}` 不能当 id',
  'use 1 to {} letters, digits, dots, dashes and underscores': '用 1 到 {1} 个字母、数字、点、横线或下划线',
  'journey `{}` has no step `{}`': '旅程 `{1}` 没有步骤 `{2}`',
  'name a step of the same journey, or add it': '写同一旅程里的步骤，或把它加上',
  'there is no {} `{}`': '没有名为 `{2}` 的{1}',
  'correct the id, or add what it names': '改正 id，或把它指的内容加上',
  'nothing leads to {} `{}`': '没有地方用到{1} `{2}`',
  'name it where it helps, or delete it': '在用得着的地方写上它，或删掉',
  // How much, and how many.
  '{} {} are too many': '{1} {2}太多',
  '{} characters are too many': '{1} 个字太多',
  'keep it to {}': '最多 {1}',
  '{} is more or less than a detector keeps': '{1} 超出了检测器能保存的范围',
  'it has {} entries': '有 {1} 项',
  'write 1 to {}': '写 1 到 {1}',
  'keep at most {}': '最多留 {1} 项',
  '`{}` is not a probability': '`{1}` 不是概率',
  'write a number from 0 to 1': '写 0 到 1 之间的数',
  // Rules.
  'nothing shows that the goal is reached': '看不出目标是否达到',
  'nothing shows that someone is at the step': '看不出用户是否到了这一步',
  'nothing shows that the step is done': '看不出这一步是否完成',
  'add a rule: a screen, a target, an endpoint or a custom name': '加一条规则：页面、目标、接口或自定义名称',
  'a journey without steps leads nowhere': '没有步骤的旅程走不到哪里',
  'a guide without steps shows nothing': '没有步骤的指引什么也不指',
  'add its first step': '加上第一步',
  'a worth of {} means never to help': '价值为 {1} 等于从不帮忙',
  'write a number above 0; 8 is usual': '写大于 0 的数，一般是 8',
  'this evidence asks for nothing': '这条依据没有内容',
  'name a signal, a target or a code': '写信号、目标或错误码',
  'a rule without parts never holds': '空规则永远不成立',
  'name a screen, a target, an endpoint or a custom name': '写页面、目标、接口或自定义名称',
  'an empty or overlong pattern never holds': '空的或过长的模式永远不成立',
  'write 1 to 96 characters, or leave the part out': '写 1 到 96 个字符，或去掉这一项',
  'no event has more than one of target, endpoint and custom': '一个事件只会有目标、接口、自定义名称中的一个',
  'make a rule of each': '分成几条规则',
  'a call that is pending has not ended': '进行中的请求还没有结果',
  'write `ok`, or how it fails': '写 `ok`，或失败的方式',
  'a status belongs to an endpoint': '状态要和接口写在一起',
  'name the endpoint, or leave the status out': '写上接口，或去掉状态',
  '{} ms cannot be': '{1} 毫秒不合理',
  'write 1 to {} ms': '写 1 到 {1} 毫秒',
  'a priority of {} cannot be': '优先级不能是 {1}',
  'write 1 (first) to {}': '写 1（最先）到 {1}',
  'nothing triggers escalation `{}`': '没有什么会触发升级规则 `{1}`',
  'add phrases or intents': '加上说法或意图',
  'no clock is {} minutes from UTC': '没有哪个时区和 UTC 相差 {1} 分钟',
  'write minutes: 480 is China, 0 is UTC': '写分钟数：中国是 480，UTC 是 0',
  '[{}, {}] is no span of a day': '[{1}, {2}] 不是一天里的时段',
  'write minutes from 0 to {}, the earlier first; split a night in two': '写 0 到 {1} 的分钟数，早的在前；跨夜的分成两段',
  '[{}, {}] overlaps another span of the day': '[{1}, {2}] 和当天另一段重叠',
  'join the two': '合成一段',
  'nobody is ever on duty': '从来没有人值班',
  'fine if every request is a message left; else add spans': '如果都用留言就没问题，否则加上时段',
  // Texts and questions.
  'no language is named': '没有写语言',
  'write `languages: [zh, en]`, or one of them': '写 `languages: [zh, en]`，或其中一种',
  'the text is missing in {}': '缺少 {1} 的文字',
  'add `{}: …`': '加上 `{1}: …`',
  'nobody will see a text in this language': '这种语言的文字没有人会看到',
  'add {} to `languages`, or drop the text': '把 {1} 加进 `languages`，或删掉这段文字',
  'the plain words are empty': '简明的话是空的',
  'the plain words are the usual ones': '简明的话和平常的一样',
  'drop it: where there are no plain words, the usual ones are shown': '删掉即可：没有简明的话时，会显示平常的',
  'the plain words do not say `{}`': '简明的话里没有 `{1}`',
  'put `{}` where it belongs': '把 `{1}` 写到该在的位置',
  '`{}` has {} example questions in {}': '`{1}` 的 {3} 例句有 {2} 句',
  'write at least {}, in people\'s own words': '至少写 {1} 句，用用户自己的话',
  '`{}` is asked in the same words': '`{1}` 里有一样的问法',
  'keep the question where it belongs': '把问法留在该在的地方',
  'this question is here twice': '这句问法重复了',
  'delete one': '删掉一句',
  'the {} is empty or too long': '这句{1}是空的或太长',
  'write 1 to {} characters': '写 1 到 {1} 个字',
  'the bot has no sentence `{}`': '没有名为 `{1}` 的固定用语',
  'write one of `{}`': '写其中之一：`{1}`',
  'the sentence does not say `{}`': '这句话里没有 `{1}`',
  // Ways.
  'no step leads to `{}`': '没有步骤通到 `{1}`',
  'name it in the `next` of the step before it': '写进前一步的 `next`',
  'from `{}` the steps go round for ever': '从 `{1}` 开始会一直绕圈',
  'let one of them lead to the journey\'s last step': '让其中一步通到旅程的最后一步',
  'a flow without nodes says nothing': '没有节点的流程什么也不说',
  'add its first node': '加上第一个节点',
  'flow `{}` has no node `{}`': '流程 `{1}` 没有节点 `{2}`',
  'correct the id, or add the node': '改正 id，或加上这个节点',
  'node `{}` has no way to go when the tool fails': '工具失败时，节点 `{1}` 无处可去',
  'add `{}: <node>` to its `next`': '在它的 `next` 里加上 `{1}: <节点>`',
  'node `{}` asks and offers no answer': '节点 `{1}` 只问，没有可选的答案',
  'add options': '加上选项',
  'no node leads to `{}`': '没有节点通到 `{1}`',
  'lead to it, or delete it': '让别的节点通到它，或删掉',
  'from `{}` the flow goes round for ever': '从 `{1}` 开始流程会一直绕圈',
  'let one node of the loop end it, or hand over to a human': '让圈里的一个节点结束流程，或转人工',
  // What is left of these sentences is whatever the contract calls for.
  '{} is missing': '缺少 {1}',
  'write {}': '写 {1}',
  'add {}': '加上 {1}',
};

/** What stands in holes. */
const NOUNS: Record<string, string> = {
  'stuck point or intent': '卡点或意图', 'intent or stuck point': '意图或卡点', journey: '旅程', step: '步骤', card: '卡片', guide: '指引', tool: '工具',
  flow: '流程', node: '节点', escalation: '升级规则', question: '问法', phrase: '说法',
  journeys: '个旅程', steps: '个步骤', rules: '条规则', 'stuck points': '个卡点', 'pieces of evidence': '条依据', questions: '句问法', cards: '张卡片',
  guides: '个指引', tools: '个工具', arguments: '个参数', flows: '个流程', nodes: '个节点', options: '个选项', intents: '个意图', escalations: '条升级规则',
  phrases: '句说法', sentences: '句用语', characters: '个字', 'a string in quotes': '带引号的文字', 'a string': '文字', 'another type': '别的类型',
  'one that the schema lists': '规范里有的',
};

const escaped = (words: string) => words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const patterns = Object.entries(SENTENCES).sort(([a], [b]) => b.length - a.length).map(([said, zh]) => ({ fits: new RegExp(`^${said.split('{}').map(escaped).join('(.+?)')}$`, 's'), zh }));

/** The sentence in Chinese; none where the table has none for it. */
export function chinese(sentence: string): string | undefined {
  for (const { fits, zh } of patterns) {
    const holes = fits.exec(sentence);
    if (holes) return zh.replace(/\{(\d)\}/g, (_, n) => noun(holes[Number(n)] ?? ''));
  }
  return undefined;
}

function noun(words: string): string {
  return NOUNS[words] ?? words.replace(/^one of /, '其中之一：').replace(/` or `/g, '` 或 `').replace(/^(integer|floating point) /, '数字 ').replace(/^string /, '文字 ').replace(/^boolean /, '是非值 ');
}
