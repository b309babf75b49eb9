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
export type { CaseLine, Room, Way } from './app/cases';
export type { CodeError } from './app/coded';
export type { Waiting } from './app/door';
export type { Absent, DraftLine, Kept, Saved } from './app/drafts';
export type { JoinError } from './app/join';
export type { Asking, Member, TeamError, TeamPage } from './app/team';
export type { Me } from './app/presence';
export type { AudienceLine, Readership } from './app/readers';
export type { Standing } from './app/standing';
export type { MyRequest } from './app/request';
export type { MyRecovery } from './app/recover';
export type { AttachError, PhotoError } from './app/pictures';
export type { AbsentFile } from './app/files';
export type { Sent } from './app/acts';
export type { PaperError } from './app/use-paper';
export type { OwnRecovery } from './app/own-recovery';
export type { RecoveryLine } from './app/recovery-lines';
export type { Founded } from './app/session';
export type { Taken } from './app/shared';
export type { Loss } from './app/loss';
export type { Unsent } from './app/removing';
export type { TakeBackError } from './app/take-back';
export type { TrayLine } from './app/tray';

const audiences = () => import('./app/audiences');
const acts = () => import('./app/acts');
const begun = () => import('./app/begun');
const cases = () => import('./app/cases');
const files = () => import('./app/files');
const coded = () => import('./app/coded');
const forms = () => import('./app/form');
const readers = () => import('./app/readers');
const library = () => import('./app/library');
const joining = () => import('./app/join');
const locking = () => import('./app/locking');
const losses = () => import('./app/loss');
const paper = () => import('./app/paper');
const paperInUse = () => import('./app/use-paper');
const places = () => import('./app/places');
const pictures = () => import('./app/pictures');
const phrase = () => import('./app/phrase');
const recover = () => import('./app/recover');
const recoveries = () => import('./app/recoveries');
const removing = () => import('./app/removing');
const space = () => import('./app/space');
const team = () => import('./app/team');
const session = () => import('./app/session');
const takingBack = () => import('./app/take-back');
const tray = () => import('./app/tray');
const trayFile = () => import('./app/tray-file');
const tries = () => import('./app/tries');
type Audiences = Awaited<ReturnType<typeof audiences>>;
type Acts = Awaited<ReturnType<typeof acts>>;
type Begun = Awaited<ReturnType<typeof begun>>;
type Cases = Awaited<ReturnType<typeof cases>>;
type Coded = Awaited<ReturnType<typeof coded>>;
type Files = Awaited<ReturnType<typeof files>>;
type Readers = Awaited<ReturnType<typeof readers>>;
type Library = Awaited<ReturnType<typeof library>>;
type Joining = Awaited<ReturnType<typeof joining>>;
type Paper = Awaited<ReturnType<typeof paper>>;
type Pictures = Awaited<ReturnType<typeof pictures>>;
type Places = Awaited<ReturnType<typeof places>>;
type Phrase = Awaited<ReturnType<typeof phrase>>;
type Recover = Awaited<ReturnType<typeof recover>>;
type Recoveries = Awaited<ReturnType<typeof recoveries>>;
type Team = Awaited<ReturnType<typeof team>>;
type Session = Awaited<ReturnType<typeof session>>;

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
	form: async (team: Id) => (await forms()).form(team),
	forms: async (teams: readonly Id[]) => (await forms()).forms(teams),
	me,
	lock: async () => (await locking()).lock(),
	lockIfIdle: async () => (await locking()).lockIfIdle(),
	touch: async (at: number) => (await locking()).touch(at),
	signOut: async () => (await locking()).signOut(),
	// Without a network before the app is installed, the code itself cannot be had: that is 'unreachable' too.
	signIn: async (...given: Parameters<Session['signIn']>) =>
		session().then(
			({ signIn }) => signIn(...given),
			() => fail({ kind: 'unreachable' as const })
		),
	unlock: async (...given: Parameters<Session['unlock']>) => (await session()).unlock(...given),
	pauseFor: async (login?: string) => (await tries()).pauseFor(login),
	found: async (...given: Parameters<Session['found']>) => (await session()).found(...given),

	writeWithoutAccount: async (...given: Parameters<Coded['begin']>) => (await coded()).begin(...given),
	prepareWithoutAccount: async () => (await coded()).prepare(),
	comeBack: async (...given: Parameters<Coded['comeBack']>) => (await coded()).comeBack(...given),
	unlockByCode: async (...given: Parameters<Coded['unlockByCode']>) => (await coded()).unlockByCode(...given),
	resume: async (...given: Parameters<Coded['resume']>) => (await coded()).resume(...given),
	resumable: async () => (await coded()).resumable(),
	returnCode: async (...given: Parameters<Coded['returnCode']>) => (await coded()).returnCode(...given),
	keepCode: async () => (await coded()).keepCode(),

	offerPassphrase: async (...given: Parameters<Phrase['offer']>) => (await phrase()).offer(...given),
	isPaperUnproven: async (...given: Parameters<Paper['isUnproven']>) => (await paper()).isUnproven(...given),
	provePaper: async (...given: Parameters<Paper['provePaper']>) => (await paper()).provePaper(...given),

	usePaper: async (...given: Parameters<Awaited<ReturnType<typeof paperInUse>>['usePaper']>) =>
		(await paperInUse()).usePaper(...given),

	checkLink: async (...given: Parameters<Joining['checkLink']>) => (await joining()).checkLink(...given),
	join: async (...given: Parameters<Joining['join']>) => (await joining()).join(...given),
	askToJoin: async (...given: Parameters<Joining['ask']>) => (await joining()).ask(...given),
	myRequest: async () => (await import('./app/request')).myRequest(),

	myRecovery: async () => (await recover()).myRecovery(),
	// As with signing in: without a network the code itself cannot be had.
	askForKeys: async (...given: Parameters<Recover['askForKeys']>) =>
		recover().then(
			({ askForKeys }) => askForKeys(...given),
			() => fail({ kind: 'unreachable' as const })
		),
	checkRecovery: async () => (await recover()).checkRecovery(),
	takeBackRecovery: async () => (await recover()).takeBack(),
	forgetRecovery: async () => (await recover()).forgetRecovery(),
	ownRecovery: async () => (await import('./app/own-recovery')).ownRecovery(),
	takeUpDrafts: async (passphrase: string) => (await import('./app/aside')).takeUp(passphrase),
	recoveries: async (team: Id) => (await import('./app/recovery-lines')).recoveries(team),
	approveRecovery: async (...given: Parameters<Recoveries['approve']>) =>
		(await recoveries()).approve(...given),
	refuseRecovery: async (...given: Parameters<Recoveries['refuseRecovery']>) =>
		(await recoveries()).refuseRecovery(...given),
	letBack: async (...given: Parameters<Recoveries['letBack']>) => (await recoveries()).letBack(...given),

	team: async (...given: Parameters<Team['team']>) => (await team()).team(...given),
	admit: async (...given: Parameters<Team['admit']>) => (await team()).admit(...given),
	decline: async (...given: Parameters<Team['decline']>) => (await team()).decline(...given),
	dismiss: async (...given: Parameters<Team['dismiss']>) => (await team()).dismiss(...given),
	setTeam: async (...given: Parameters<Team['settings']>) => (await team()).settings(...given),
	confirmMet: async (...given: Parameters<Team['confirmMet']>) => (await team()).confirmMet(...given),

	drafts: drafts.drafts,
	newDraft: drafts.newDraft,
	writesWhole: drafts.writesWhole,
	writeWhole: drafts.writeWhole,
	draft: drafts.draft,
	draftNews: drafts.draftNews,
	saveDraft: async (...given: Parameters<typeof drafts.saveDraft>) => {
		const saved = await drafts.saveDraft(...given);
		void space().then(({ askOnce }) => askOnce());
		return saved;
	},
	keepApart: async (draft: Draft) => (await import('./app/apart')).keepApart(draft),
	discardDraft: drafts.discardDraft,
	restoreDraft: drafts.restoreDraft,
	attach: async (...given: Parameters<Pictures['attach']>) => (await pictures()).attach(...given),
	attachFile: async (...given: Parameters<Pictures['attachFile']>) => (await pictures()).attachFile(...given),
	attachVoice: async (...given: Parameters<Pictures['attachVoice']>) =>
		(await pictures()).attachVoice(...given),
	keepOriginal: async (...given: Parameters<Pictures['keepOriginal']>) =>
		(await pictures()).keepOriginal(...given),
	movePicture: async (...given: Parameters<Pictures['movePicture']>) =>
		(await pictures()).movePicture(...given),
	draftPhoto: async (id: Id) => (await pictures()).draftPhoto(id),

	unsent: async () => (await removing()).unsent(),
	removeFromHere: async () => (await removing()).remove(),
	loss: async () => (await losses()).loss(),
	readLoss: async () => (await losses()).readLoss(),
	space: async () => (await space()).space(),
	askToKeep: async () => (await space()).ask(),
	askOnce: async () => (await space()).askOnce(),
	advice: () => import('./app/advice'),

	waiting,
	alerts: async (...given: Parameters<Cases['alerts']>) => (await cases()).alerts(...given),
	queue: async (...given: Parameters<Cases['queue']>) => (await cases()).queue(...given),
	room: async (...given: Parameters<Cases['room']>) => (await cases()).room(...given),

	send: async (...given: Parameters<Acts['send']>) => (await acts()).send(...given),
	say: async (...given: Parameters<Acts['say']>) => (await acts()).say(...given),
	askForPerson: async (id: Id) => (await acts()).askForPerson(id),
	take: async (...given: Parameters<Acts['take']>) => (await acts()).take(...given),
	movePhase: async (...given: Parameters<Acts['movePhase']>) => (await acts()).movePhase(...given),
	begun: async (id: Id) => (await begun()).begun(id),
	keepBegun: async (...given: Parameters<Begun['keepBegun']>) => (await begun()).keepBegun(...given),
	opened: async (...given: Parameters<Acts['opened']>) => (await acts()).opened(...given),
	photo: async (...given: Parameters<Files['photo']>) => (await files()).photo(...given),
	file: async (...given: Parameters<Files['file']>) => (await files()).file(...given),

	/** What another app has shared. */
	shares: () => import('./app/shared'),
	words: () => import('./app/words'),
	/** Looks for what may tell who is meant. */
	guard: () => import('./app/guard'),
	stock: async (...given: Parameters<Library['stock']>) => (await library()).stock(...given),
	advise: async (...given: Parameters<Library['advise']>) => (await library()).advise(...given),
	shelf: async (...given: Parameters<Library['shelf']>) => (await library()).shelf(...given),
	decide: async (...given: Parameters<Library['decide']>) => (await library()).decide(...given),
	published: async (...given: Parameters<Library['published']>) => (await library()).published(...given),

	stockPlaces: async (...given: Parameters<Places['stockPlaces']>) => (await places()).stockPlaces(...given),
	findPlaces: async (...given: Parameters<Places['findPlaces']>) => (await places()).findPlaces(...given),
	ownPlace: async (...given: Parameters<Places['own']>) => (await places()).own(...given),

	audiences: async (...given: Parameters<Readers['audiences']>) => (await readers()).audiences(...given),
	openTo: async (...given: Parameters<Audiences['openTo']>) => (await audiences()).openTo(...given),
	withdraw: async (...given: Parameters<Audiences['withdraw']>) => (await audiences()).withdraw(...given),
	tryNow: async () => (await import('./app/engine')).tryNow(),

	tray: async () => (await tray()).tray(),
	tryAgainNow: async (id?: Id) => (await tray()).tryAgainNow(id),
	takeBack: async (id: Id) => (await takingBack()).takeBack(id),
	saveTray: async (id?: Id) => (await trayFile()).saveTray(id),
	takeInFile: async (file: Blob) => (await trayFile()).takeInFile(file)
};
export type App = typeof app;
