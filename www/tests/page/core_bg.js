// A stand-in for the core's glue in the browser tests: it answers by script, and records what it
// was told. The product never loads this file.

export function __wbg_set_wasm() {}

const say = (t, n, text, more = {}) => ({
  key: `${t}-${n}`, t, do: 'say', text, card: null, choices: [], basis: null, expects: '', reasons: [], ...more,
});

export class Loaded {
  constructor(playbook, behaviour) {
    const model = new TextDecoder().decode(behaviour);
    if (model === 'refused') throw new Error('behaviour: the model is of another version');
    if (model === 'trap') throw new WebAssembly.RuntimeError('unreachable');
    this.playbook = playbook;
  }

  start(config) {
    return new Core(config, this.playbook);
  }

  restore(config, snapshot) {
    const core = new Core(config, this.playbook);
    Object.assign(core, JSON.parse(snapshot));
    if (core.broken) throw new Error('snapshot: it is of another version; begin anew');
    return core;
  }
}

class Core {
  constructor(config, playbook) {
    this.config = config;
    this.playbook = playbook;
    this.inputs = [];
    this.sequence = 0;
  }

  save() {
    return JSON.stringify({ inputs: this.inputs, sequence: this.sequence });
  }

  push(input) {
    this.inputs.push(input);
    const sequence = ++this.sequence;
    const actions = this.answer(input).map((action, i) => ({ t: input.t, reasons: [], ...action, key: `${sequence}-${i}` }));
    const explain = { signals: [], stuck: 0, step: null, believed: [], worth: 0, decision: 'stay_silent', inputs: this.inputs, playbook: this.playbook };
    return { actions, wake_at: null, profile: null, explain };
  }

  answer(input) {
    const zh = this.config.language === 'zh';
    if (input.input === 'event' && input.kind === 'custom') return this.onCustom(input, zh);
    if (input.input === 'language') this.config.language = input.language;
    if (input.input === 'choose') return this.onChoice(input, zh);
    if (input.input === 'ask_human') return [this.handOff('offered', zh)];
    if (input.input === 'say') return this.onWords(input, zh);
    if (input.input === 'tool') return [say(input.t, 0, `tool: ${input.outcome} ${JSON.stringify(input.values)}`)];
    if (input.input === 'guide') return [say(input.t, 0, `guide: ${input.outcome} ${input.why}`)];
    if (input.input === 'handoff') return this.onDesk(input.update, zh);
    return [];
  }

  onCustom({ t, name }, zh) {
    if (name === 'trap') throw new WebAssembly.RuntimeError('unreachable');
    if (name === 'bad') throw new Error('/name: it is too long; 64 characters are the most');
    if (name === 'stuck') {
      return [{
        do: 'suggest', offer: 1, stuck_point: 'bind.verify.code', cause: 'waiting_for_outcome', probability: 0.9,
        text: zh ? '验证码还没到？可能被手机拦截了，我可以帮你看看原因，或者重新发一条。' : 'No code yet? Your phone may be filtering it. I can check why, or send another one.',
        accept: zh ? '帮我看看' : 'Check it', decline: zh ? '不用了' : 'No, thanks',
      }];
    }
    if (name === 'withdraw') return [{ do: 'withdraw', offer: 1 }];
    if (name === 'tool') return [{ do: 'run_tool', tool: 'resend_code', arguments: { phone: 'last four' }, timeout_ms: 300 }];
    if (name === 'guide') {
      return [{
        do: 'guide', guide: 'find-limit',
        steps: [
          { target: 'form.number', text: zh ? '在这里填写银行卡号。' : 'Type the number on the front of your card here.', wait_ms: 500 },
          { target: 'nowhere', text: 'Never seen', wait_ms: 300 },
          { target: 'form.submit', text: zh ? '核对无误后，点这里继续。' : 'Check it once more, then go on here.', wait_ms: 500 },
        ],
      }];
    }
    return [];
  }

  onChoice({ t, id }, zh) {
    if (id.startsWith('offer:') && id.endsWith(':accept')) {
      return [say(t, 0, zh ? '好的。验证码没到，多半是下面这几个原因：' : 'Sure. When a code does not arrive, it is mostly one of these:', {
        card: {
          id: 'code', title: zh ? '收不到验证码' : 'The code does not arrive',
          body: zh ? '1. 短信被手机拦截，在“骚扰拦截”里找一找\n2. 预留手机号不是这个号\n3. 一小时内请求超过 5 次，请稍后再试\n\n银行短信一般 60 秒内送达。'
            : '1. Your phone filtered it: look in blocked messages\n2. The bank has another number of yours\n3. More than 5 requests in an hour: wait a little\n\nBanks usually deliver within 60 seconds.',
        },
        choices: [
          { id: 'tool:yes', label: zh ? '重新发送验证码' : 'Send another code', role: 'primary' },
          { id: 'guide:x', label: zh ? '教我查看拦截短信' : 'Show me where', role: 'plain' },
          { id: 'human', label: zh ? '转人工' : 'Talk to a person', role: 'human' },
          { id: 'helped:yes', label: zh ? '解决了' : 'That helped', role: 'quiet' },
        ],
      })];
    }
    if (id === 'handoff:accept') return [this.handOff('consented', zh)];
    if (id === 'handoff:cancel') return [this.handOff('cancelled', zh)];
    return id.startsWith('offer:') ? [] : [say(t, 0, `chose ${id}`)];
  }

  onWords({ t, text }, zh) {
    if (this.live) return [];
    return [say(t, 0, zh ? `你说的是：${text}` : `You said: ${text}`)];
  }

  onDesk({ state }, zh) {
    this.live = state === 'live';
    return state === 'ended' ? [this.handOff('ended', zh)] : [];
  }

  handOff(state, zh) {
    const key = `${this.config.session}-h1`;
    const texts = {
      offered: zh ? '我可以把你转给人工，并附上你卡在哪一步、试过什么。卡号和密码不会发送。' : 'I can bring in a person, and tell them where you are stuck and what you tried. Never your card number or password.',
      consented: zh ? '好的，正在转接。' : 'All right, getting someone for you.',
      cancelled: zh ? '已取消。' : 'Cancelled.',
      ended: zh ? '对话已结束，祝你顺利。' : 'The chat has ended. All the best.',
    };
    return {
      do: 'hand_off', handoff: key, state, text: texts[state],
      choices: state === 'offered'
        ? [{ id: 'handoff:accept', label: zh ? '同意并转接' : 'Yes, send it', role: 'primary' }, { id: 'handoff:decline', label: zh ? '暂时不用' : 'Not now', role: 'quiet' }]
        : [],
      request: state === 'consented' ? { version: 1, handoff: key, t: 0, app: 'test', language: zh ? 'zh' : 'en', reason: 'asked', priority: 2 } : null,
    };
  }
}
