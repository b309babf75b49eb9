/**
 * The composition root: what screens may ask and do. Everything that reads may stand in a live query. What the first
 * keystroke of an alert needs is imported; all else loads when it is first asked for.
 */
import * as drafts from './app/drafts';
import { facts, refreshFacts } from './app/facts';
import { waiting } from './app/here';
import { me } from './app/presence';
import type { Draft } from './domain/draft';
import type { Id } from './domain/id';
import { fail } from './domain/result';

export type { Agreed } from './app/audiences';
export type { Advice, Similar } from './app/library';
export type { Guard, Looked } from './app/guard';
export type { Half } from './app/begun';
export type { CaseLine, Way } from './app/cases';
export type { CaseName, Room, Together } from './app/room';
export type { Call } from './app/ladder';
export type { CodeError } from './app/coded';
export type { Waiting } from './app/door';
export type { Absent, DraftLine, Kept, Saved } from './app/drafts';
export type { JoinError } from './app/join';
export type { Asking, Member, TeamError, TeamPage } from './app/team';
export type { Hearing, TellError, Told, Wished } from './app/notices';
export type { Me } from './app/presence';
export type { AudienceLine, Readership } from './app/readers';
export type { Standing } from './app/standing';
export type { MyRequest } from './app/request';
export type { MyRecovery } from './app/recover';
export type { AttachError, PhotoError } from './app/pictures';
export type { AbsentFile } from './app/files';
export type { Sent, Statement } from './app/acts';
export type { Writing } from './app/state';
export type { PaperError } from './app/use-paper';
export type { OwnRecovery } from './app/own-recovery';
export type { Came, Went } from './app/referrals';
export type { Extracted, Targets } from './app/refer';
export type { RecoveryLine } from './app/recovery-lines';
export type { Expertise } from './app/expertise';
export type { Founded } from './app/session';
export type { Taken } from './app/shared';
export type { Loss } from './app/loss';
export type { Unsent } from './app/removing';
export type { TakeBackError } from './app/take-back';
export type { TrayLine } from './app/tray';

type Act = (...given: never[]) => unknown;
type Acts<M> = { [N in keyof M]: M[N] extends Act ? M[N] : never };

/** By its name an act of a part that loads when one of its acts is first called. */
function from<M>(load: () => Promise<M>) {
	return <N extends keyof Acts<M>>(name: N) =>
		async (...given: Parameters<Acts<M>[N]>): Promise<Awaited<ReturnType<Acts<M>[N]>>> => {
			type Answer = Awaited<ReturnType<Acts<M>[N]>>;
			const act = (await load())[name] as (...given: Parameters<Acts<M>[N]>) => Answer | Promise<Answer>;
			return act(...given);
		};
}

const audiences = from(() => import('./app/audiences'));
const acts = from(() => import('./app/acts'));
const begun = from(() => import('./app/begun'));
const cases = from(() => import('./app/cases'));
const files = from(() => import('./app/files'));
const coded = from(() => import('./app/coded'));
const forms = from(() => import('./app/form'));
const readers = from(() => import('./app/readers'));
const library = from(() => import('./app/library'));
const joining = from(() => import('./app/join'));
const locking = from(() => import('./app/locking'));
const losses = from(() => import('./app/loss'));
const paper = from(() => import('./app/paper'));
const paperInUse = from(() => import('./app/use-paper'));
const places = from(() => import('./app/places'));
const pictures = from(() => import('./app/pictures'));
const joint = from(() => import('./app/joint'));
const phrase = from(() => import('./app/phrase'));
const loadRecover = () => import('./app/recover');
const recover = from(loadRecover);
const rooms = from(() => import('./app/room'));
const recoveries = from(() => import('./app/recoveries'));
const removing = from(() => import('./app/removing'));
const space = from(() => import('./app/space'));
const team = from(() => import('./app/team'));
const loadSession = () => import('./app/session');
const session = from(loadSession);
type Session = Awaited<ReturnType<typeof loadSession>>;
type Recover = Awaited<ReturnType<typeof loadRecover>>;
const takingBack = from(() => import('./app/take-back'));
const tray = from(() => import('./app/tray'));
const trayFile = from(() => import('./app/tray-file'));
const tries = from(() => import('./app/tries'));

/** Once, from the root layout: after it `me` answers for this device. */
async function start(): Promise<void> {
	// The very first start cannot know whether there is anything to sign in to.
	if (!(await facts())) await refreshFacts();
}

/** ms that the first screen has the line and the processor to itself. */
const FIRST_SCREEN = 1_500;

/** Once, when the first screen can be used: the engine, and with it age and the PocketBase SDK, wait for that. */
function settle(): void {
	setTimeout(() => void import('./app/settle').then(({ settle }) => settle()), FIRST_SCREEN);
}

export const app = {
	start,
	settle,
	facts,
	form: forms('form'),
	forms: forms('forms'),
	me,
	lock: locking('lock'),
	lockIfIdle: locking('lockIfIdle'),
	touch: locking('touch'),
	signOut: locking('signOut'),
	// Without a network before the app is installed, the code itself cannot be had: that is 'unreachable' too.
	signIn: async (...given: Parameters<Session['signIn']>) =>
		loadSession().then(
			({ signIn }) => signIn(...given),
			() => fail({ kind: 'unreachable' as const })
		),
	unlock: session('unlock'),
	pauseFor: tries('pauseFor'),
	found: session('found'),

	writeWithoutAccount: coded('begin'),
	prepareWithoutAccount: coded('prepare'),
	comeBack: coded('comeBack'),
	unlockByCode: coded('unlockByCode'),
	resume: coded('resume'),
	resumable: coded('resumable'),
	returnCode: coded('returnCode'),
	keepCode: coded('keepCode'),

	offerPassphrase: phrase('offer'),
	isPaperUnproven: paper('isUnproven'),
	provePaper: paper('provePaper'),

	usePaper: paperInUse('usePaper'),

	checkLink: joining('checkLink'),
	join: joining('join'),
	askToJoin: joining('ask'),
	myRequest: async () => (await import('./app/request')).myRequest(),

	myRecovery: recover('myRecovery'),
	// As with signing in: without a network the code itself cannot be had.
	askForKeys: async (...given: Parameters<Recover['askForKeys']>) =>
		loadRecover().then(
			({ askForKeys }) => askForKeys(...given),
			() => fail({ kind: 'unreachable' as const })
		),
	checkRecovery: recover('checkRecovery'),
	takeBackRecovery: recover('takeBack'),
	forgetRecovery: recover('forgetRecovery'),
	ownRecovery: async () => (await import('./app/own-recovery')).ownRecovery(),
	takeUpDrafts: async (passphrase: string) => (await import('./app/aside')).takeUp(passphrase),
	recoveries: async (team: Id) => (await import('./app/recovery-lines')).recoveries(team),
	approveRecovery: recoveries('approve'),
	refuseRecovery: recoveries('refuseRecovery'),
	letBack: recoveries('letBack'),

	team: team('team'),
	admit: team('admit'),
	decline: team('decline'),
	dismiss: team('dismiss'),
	setTeam: team('settings'),
	expertise: async (team: Id) => (await import('./app/expertise')).expertise(team),
	sayExpertise: team('sayExpertise'),
	confirmMet: team('confirmMet'),

	drafts: drafts.drafts,
	newDraft: drafts.newDraft,
	writesWhole: drafts.writesWhole,
	writeWhole: drafts.writeWhole,
	draft: drafts.draft,
	draftNews: drafts.draftNews,
	saveDraft: async (...given: Parameters<typeof drafts.saveDraft>) => {
		const saved = await drafts.saveDraft(...given);
		void space('askOnce')();
		return saved;
	},
	keepApart: async (draft: Draft) => (await import('./app/apart')).keepApart(draft),
	discardDraft: drafts.discardDraft,
	restoreDraft: drafts.restoreDraft,
	attach: pictures('attach'),
	attachFile: pictures('attachFile'),
	attachVoice: pictures('attachVoice'),
	keepOriginal: pictures('keepOriginal'),
	movePicture: pictures('movePicture'),
	draftPhoto: pictures('draftPhoto'),

	unsent: removing('unsent'),
	removeFromHere: removing('remove'),
	loss: losses('loss'),
	readLoss: losses('readLoss'),
	space: space('space'),
	askToKeep: space('ask'),
	askOnce: space('askOnce'),
	advice: () => import('./app/advice'),

	/** Whether this device is told, and how somebody wants to be told. */
	notices: () => import('./app/notices'),

	waiting,
	alerts: cases('alerts'),
	queue: cases('queue'),
	heard: cases('heard'),
	room: rooms('room'),

	send: acts('send'),
	say: acts('say'),
	askForPerson: acts('askForPerson'),
	take: joint('take'),
	assign: joint('assign'),
	movePhase: joint('movePhase'),
	begun: begun('begun'),
	begunAmong: begun('begunAmong'),
	keepBegun: begun('keepBegun'),
	opened: acts('opened'),
	photo: files('photo'),
	file: files('file'),

	/** To another team, or to the police contact. */
	referring: () => import('./app/refer'),
	/** What is pressing and waits for somebody. */
	ladder: () => import('./app/ladder'),
	/** What another app has shared. */
	shares: () => import('./app/shared'),
	words: () => import('./app/words'),
	/** Looks for what may tell who is meant. */
	guard: () => import('./app/guard'),
	stock: library('stock'),
	advise: library('advise'),
	shelf: library('shelf'),
	decide: library('decide'),
	published: library('published'),

	stockPlaces: places('stockPlaces'),
	findPlaces: places('findPlaces'),
	ownPlace: places('own'),

	audiences: readers('audiences'),
	openTo: audiences('openTo'),
	withdraw: audiences('withdraw'),
	tryNow: async () => (await import('./app/engine')).tryNow(),

	tray: tray('tray'),
	tryAgainNow: tray('tryAgainNow'),
	takeBack: takingBack('takeBack'),
	saveTray: trayFile('saveTray'),
	takeInFile: trayFile('takeInFile')
};
export type App = typeof app;
