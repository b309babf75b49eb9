/** Made by `scripts/one-language.mjs`. Empty outside the app's build: there Paraglide speaks for itself. */
declare module 'virtual:catalogues' {
	type Catalogue = () => Promise<{ default: Record<string, (inputs: unknown) => string> }>;
	export const catalogues: Record<'first' | 'team' | 'rest', Partial<Record<string, Catalogue>>>;
}
