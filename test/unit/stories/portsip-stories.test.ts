import { EXTENSIONS, QUEUES } from './portsip-stage.js';
import { describePortsipStory, type PortsipTurn } from './portsip-story.js';

const CALLER = '33140506070';
const { ann, bob, dora } = EXTENSIONS;
const { sales, support } = QUEUES;

const connects: PortsipTurn = {
  after: 1000,
  what: 'the hub subscribes',
  happens: (stage) => stage.subscribe(),
};

/** The call that the caller of a story makes, once it has begun. */
let session = '';

function callerEnters(after = 4000): PortsipTurn {
  return {
    after,
    what: 'a caller comes to sales',
    happens: ({ pbx }) => {
      session = pbx.callerEnters(sales, CALLER, 'Some One');
    },
  };
}

function rings(number: string, after = 1000): PortsipTurn {
  return { after, what: `${number} rings`, happens: ({ pbx }) => pbx.rings(session, number) };
}

function answers(number: string, after = 3000): PortsipTurn {
  return { after, what: `${number} answers`, happens: ({ pbx }) => pbx.answers(session, number) };
}

function hangsUp(who: 'caller' | 'callee', after = 60_000): PortsipTurn {
  return { after, what: `the ${who} hangs up`, happens: ({ pbx }) => pbx.hangsUp(session, who) };
}

describePortsipStory('portsip answered', {
  turns: [
    connects,
    callerEnters(),
    rings(ann),
    answers(ann),
    hangsUp('caller'),
    {
      after: 15_000,
      what: 'the wrap-up of ann is over',
      happens: ({ pbx }) => pbx.agentIs(ann, 'READY'),
    },
  ],
  watch: 10_000,
});

describePortsipStory('portsip answered without a word of endpoints', {
  turns: [
    {
      ...connects,
      happens: (stage) => {
        stage.pbx.tellsTargets = false;
        stage.subscribe();
      },
    },
    callerEnters(),
    rings(ann),
    answers(ann),
    hangsUp('callee'),
    {
      after: 4000,
      what: 'ann ends the wrap-up early',
      happens: ({ pbx }) => pbx.agentIs(ann, 'READY'),
    },
  ],
  watch: 10_000,
});

describePortsipStory('portsip ring no answer then answered by another', {
  turns: [
    connects,
    callerEnters(),
    rings(ann),
    {
      after: 15_000,
      what: 'ann lets it ring',
      happens: ({ pbx }) => pbx.ringsInVain(session, ann),
    },
    rings(bob),
    answers(bob),
    hangsUp('callee'),
  ],
  watch: 10_000,
});

describePortsipStory('portsip abandoned', {
  turns: [
    connects,
    callerEnters(),
    rings(ann),
    {
      after: 12_000,
      what: 'the caller gives up',
      happens: ({ pbx }) => {
        pbx.ringsInVain(session, ann, 'cancelled');
        pbx.leavesUnanswered(session, 'hangup');
      },
    },
  ],
  watch: 10_000,
});

describePortsipStory('portsip overflow', {
  turns: [
    connects,
    callerEnters(),
    {
      after: 30_000,
      what: 'the queue sends the caller on',
      happens: ({ pbx }) => pbx.leavesUnanswered(session, 'overflow'),
    },
    hangsUp('caller', 20_000),
  ],
  watch: 10_000,
});

describePortsipStory('portsip callback asked and later made', {
  turns: [
    connects,
    callerEnters(),
    {
      after: 20_000,
      what: 'the caller asks to be called back',
      happens: ({ pbx }) => pbx.asksForCallback(session),
    },
    hangsUp('caller', 1000),
    {
      after: 120_000,
      what: 'bob is called, and then the caller, who does not answer',
      happens: ({ pbx }) => pbx.callsBack(session, bob, 'noanswer'),
    },
    {
      after: 300_000,
      what: 'bob is called, and then the caller, who answers',
      happens: ({ pbx }) => pbx.callsBack(session, bob, 'answered'),
    },
  ],
  watch: 10_000,
});

describePortsipStory('portsip service level breached', {
  turns: [
    connects,
    callerEnters(),
    {
      after: 20_000,
      what: 'the caller has waited too long',
      happens: ({ pbx }) => pbx.serviceLevelIsBreached(sales, CALLER),
    },
    rings(ann),
    answers(ann),
    hangsUp('caller'),
  ],
  watch: 5000,
});

describePortsipStory('portsip agent states through a shift', {
  turns: [
    {
      ...connects,
      happens: (stage) => {
        for (const number of [ann, bob]) stage.pbx.agentIs(number, 'LOGGED_OUT');
        stage.subscribe();
      },
    },
    { after: 4000, what: 'ann logs in', happens: ({ pbx }) => pbx.agentIs(ann, 'READY') },
    {
      after: 4000,
      what: 'bob logs in to support',
      happens: ({ pbx }) => pbx.agentIs(bob, 'READY', support),
    },
    { after: 4000, what: 'ann has a break', happens: ({ pbx }) => pbx.agentIs(ann, 'Break') },
    { after: 4000, what: 'ann is back', happens: ({ pbx }) => pbx.agentIs(ann, 'READY') },
    callerEnters(),
    rings(ann),
    answers(ann),
    hangsUp('callee', 30_000),
    {
      after: 5000,
      what: 'ann logs off in the wrap-up',
      happens: ({ pbx }) => pbx.agentIs(ann, 'Logout'),
    },
    {
      after: 4000,
      what: 'bob is taken out of support',
      happens: ({ pbx }) => pbx.agentIsRemoved(support, bob),
    },
  ],
  watch: 10_000,
});

describePortsipStory('portsip presence', {
  turns: [
    connects,
    {
      after: 4000,
      what: 'ann goes to lunch',
      happens: ({ pbx }) => pbx.setsPresence(ann, 'LUNCH', 'back at one'),
    },
    {
      after: 4000,
      what: 'bob does not want to be disturbed',
      happens: ({ pbx }) => pbx.setsPresence(bob, 'DO_NOT_DISTURB'),
    },
    {
      after: 4000,
      what: 'ann is back',
      happens: ({ pbx }) => pbx.setsPresence(ann, 'ONLINE'),
    },
    { after: 4000, what: "ann's phone goes", happens: ({ pbx }) => pbx.goes(ann, 'offline') },
    { after: 4000, what: "ann's phone is back", happens: ({ pbx }) => pbx.goes(ann, 'online') },
  ],
  watch: 5000,
});

describePortsipStory('portsip extension destroyed and created anew', {
  turns: [
    connects,
    {
      after: 4000,
      what: "ann's extension is deleted",
      happens: ({ pbx }) => {
        pbx.agentIsRemoved(sales, ann);
        pbx.extensionIsDeleted(ann);
      },
    },
    {
      after: 4000,
      what: "ann's extension is made anew, and the hub subscribes",
      happens: (stage) => {
        stage.makeExtension('ann');
        stage.subscribe();
      },
    },
    { after: 4000, what: 'ann has lunch', happens: ({ pbx }) => pbx.setsPresence(ann, 'LUNCH') },
  ],
  watch: 5000,
});

describePortsipStory('portsip connection cut in the middle of a call', {
  turns: [
    connects,
    callerEnters(),
    rings(ann),
    answers(ann),
    { after: 10_000, what: 'the connection is cut', happens: (stage) => stage.cut() },
    { ...hangsUp('caller', 5000), what: 'unheard, the caller hangs up' },
    { after: 5000, what: 'the hub subscribes anew', happens: (stage) => stage.subscribe() },
    {
      after: 4000,
      what: 'ann ends the wrap-up',
      happens: ({ pbx }) => pbx.agentIs(ann, 'READY'),
    },
  ],
  watch: 10_000,
});

describePortsipStory('portsip snapshot that disagrees', {
  turns: [
    connects,
    callerEnters(),
    {
      after: 10_000,
      what: 'unheard, the caller is answered by bob and ann has a break',
      happens: (stage) => {
        stage.cut();
        stage.pbx.rings(session, bob);
        stage.pbx.answers(session, bob);
        stage.pbx.agentIs(ann, 'NOT_READY');
      },
    },
    { after: 5000, what: 'the hub subscribes anew', happens: (stage) => stage.subscribe() },
    hangsUp('caller', 20_000),
  ],
  watch: 10_000,
});

describePortsipStory('portsip a call between two users', {
  turns: [
    connects,
    {
      after: 4000,
      what: 'dora calls ann',
      happens: ({ pbx }) => {
        session = pbx.callBegins('internal', dora, ann);
      },
    },
    rings(ann),
    answers(ann),
    hangsUp('callee'),
  ],
  watch: 5000,
});

describePortsipStory('portsip a call between two users without a word of endpoints', {
  turns: [
    {
      ...connects,
      happens: (stage) => {
        stage.pbx.tellsTargets = false;
        stage.subscribe();
      },
    },
    {
      after: 4000,
      what: 'dora calls ann',
      happens: ({ pbx }) => {
        session = pbx.callBegins('internal', dora, ann);
      },
    },
    rings(ann),
    answers(ann),
    hangsUp('caller'),
  ],
  watch: 5000,
});

describePortsipStory('portsip a call from outside that goes on to another user', {
  turns: [
    connects,
    {
      after: 4000,
      what: 'somebody calls ann',
      happens: ({ pbx }) => {
        session = pbx.callBegins('inbound', CALLER, ann);
      },
    },
    rings(ann),
    {
      after: 15_000,
      what: 'ann does not answer',
      happens: ({ pbx }) => pbx.ringsInVain(session, ann),
    },
    { ...rings(dora), what: 'the call goes on to dora' },
    answers(dora),
    hangsUp('caller'),
  ],
  watch: 5000,
});

describePortsipStory('portsip a call that is sent on', {
  turns: [
    connects,
    {
      after: 4000,
      what: 'somebody calls dora',
      happens: ({ pbx }) => {
        session = pbx.callBegins('inbound', CALLER, dora);
      },
    },
    rings(dora),
    answers(dora),
    {
      after: 10_000,
      what: 'dora sends the call on to ann',
      happens: ({ pbx }) => pbx.sendsOn(session, dora, ann),
    },
    answers(ann),
    hangsUp('caller'),
  ],
  watch: 5000,
});

describePortsipStory('portsip a call of a queue that its agent sends on', {
  turns: [
    connects,
    callerEnters(),
    rings(ann),
    answers(ann),
    {
      after: 10_000,
      what: 'ann sends the call on to dora',
      happens: ({ pbx }) => pbx.sendsOn(session, ann, dora),
    },
    answers(dora),
    {
      after: 12_000,
      what: 'the wrap-up of ann is over',
      happens: ({ pbx }) => pbx.agentIs(ann, 'READY'),
    },
    hangsUp('caller'),
  ],
  watch: 5000,
});

let consultation = '';

describePortsipStory('portsip a call that is handed over after asking', {
  turns: [
    connects,
    {
      after: 4000,
      what: 'somebody calls dora',
      happens: ({ pbx }) => {
        session = pbx.callBegins('inbound', CALLER, dora);
      },
    },
    rings(dora),
    answers(dora),
    {
      after: 10_000,
      what: 'dora calls ann to ask',
      happens: ({ pbx }) => {
        consultation = pbx.callBegins('internal', dora, ann);
        pbx.rings(consultation, ann);
      },
    },
    {
      after: 3000,
      what: 'ann answers',
      happens: ({ pbx }) => pbx.answers(consultation, ann),
    },
    {
      after: 10_000,
      what: 'dora hands the call over to ann',
      happens: ({ pbx }) => pbx.handsOver(session, consultation, dora, ann),
    },
    hangsUp('caller'),
  ],
  watch: 5000,
});
