/**
 * Who is in books and in the news, and in no case: by base, folded. A namesake is marked when another first name stands
 * before.
 */

const list = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s*[\n,]\s*/));

/** Known by the surname alone. */
const ALONE = list(`
	hitler, stalin, mussolini, goebbels, himmler, eichmann, mengele, putin, trump, orban, merkel, zelensky, zelenskyj
	selenskyj, breivik, evola, degrelle, mosley, lenin, napoleon, mandela, gandhi, einstein, freud, picasso
	churchill, thatcher, shakespeare, dickens, orwell, darwin, macbeth, starmer, farage, biden, obama
	macron, zuckerberg
	goethe, schiller, brecht, bismarck, luther, hegel, nietzsche, beethoven, mozart, scholz, weidel, hocke, adenauer
	mickiewicz, slowacki, sienkiewicz, zeromski, norwid, chopin, kopernik, pilsudski, dmowski, walesa, kaczynski, tusk
	kosciuszko, poniatowski, wyspianski, reymont, szymborska, bandera, lukaszenka, sendlerowa, korczak, baczynski
	eminescu, caragiale, rebreanu, creanga, sadoveanu, cosbuc, cuza, balcescu, viteazul, brancoveanu, codreanu
	antonescu, ceausescu, cioran, arghezi
	petofi, jokai, moricz, ady, kossuth, rakoczi, szechenyi, hunyadi, horthy, bartok, kodaly, vorosmarty, szalasi
	radnoti, kolcsey`);

/** Known by both names; where only the first is on the list of names, it stands alone here as well. */
const BOTH = list(`
	anne frank, harry potter, winston churchill, tommy robinson, andrew tate, martin luther, george floyd
	greta thunberg
	elon musk, donald trump, joe biden, boris johnson, nigel farage, keir starmer, william shakespeare, charles darwin
	anders breivik, jack daniel, martin king, rosa parks, malcolm x, nelson mandela, mahatma gandhi, malala yousafzai
	jo cox, stephen lawrence, enoch powell, oswald mosley, nicholas winton, primo levi, elie wiesel, simon wiesenthal
	oskar schindler, raoul wallenberg, adolf eichmann, josef mengele, leon degrelle, julius evola, brenton tarrant
	david irving, nick fuentes, jordan peterson, george soros, bill gates, mark zuckerberg
	michael jackson, bob marley
	che guevara, fidel castro, albert einstein, sigmund freud, isaac newton, florence nightingale, george orwell
	charles dickens, jane austen, taylor swift, lionel messi, cristiano ronaldo, kanye west, joe rogan, alex jones
	robin hood, austin powers, jack russell, king arthur, queen victoria, lord byron, peter pan, james bond
	sophie scholl, hans scholl, karl marx, rosa luxemburg, ernst thalmann, angela merkel, olaf scholz, friedrich merz
	alice weidel, bjorn hocke, rudolf hess, martin sellner, horst wessel, adolf hitler, kaiser wilhelm, max planck
	wilhelm tell, friedrich schiller, otto bismarck, friedrich ebert, konrad adenauer, willy brandt, clara zetkin
	karl liebknecht, georg elser, dietrich bonhoeffer, claus stauffenberg, alfred rosenberg
	albert schweitzer, erich kastner
	amadeu antonio, walter lubcke, beate zschape, thilo sarrazin, robert koch, bertolt brecht, johann bach
	edith stein
	heinrich heine, anna seghers, kathe kollwitz, thomas mann, franz kafka, johannes gutenberg
	adam mickiewicz, juliusz slowacki, henryk sienkiewicz, jan pawel, jozef pilsudski, roman dmowski, lech walesa
	donald tusk, jaroslaw kaczynski, lech kaczynski, andrzej duda, grzegorz braun, stepan bandera, tadeusz kosciuszko
	mikolaj kopernik, fryderyk chopin, irena sendlerowa, irena sendler, janusz korczak, maria konopnicka
	jan kochanowski
	witold pilecki, marek edelman, maria curie, maria sklodowska, jan karski, krzysztof bosak, slawomir mentzen
	jerzy popieluszko, karol wojtyla, wislawa szymborska, czeslaw milosz, robert lewandowski, boleslaw prus
	kazimierz wielki, boleslaw chrobry, marek aureliusz, jan brzechwa, jan matejko, zbigniew herbert, olga tokarczuk
	mihai eminescu, mihai viteazul, ion creanga, vlad tepes, nicolae ceausescu, ion antonescu, corneliu codreanu
	george simion, calin georgescu, nicolae balcescu, avram iancu, liviu rebreanu, alexandru cuza, george cosbuc
	diana sosoaca, ion iliescu, klaus iohannis, nicusor dan, mircea eliade, emil cioran, lucian blaga, ion caragiale
	nicolae iorga, george enescu, elie wiesel, traian basescu, tudor vladimirescu, mihail sadoveanu, horia sima
	camil petrescu, ioan slavici, constantin brancusi, mircea cartarescu, simona halep, nadia comaneci, gheorghe hagi
	sandor petofi, lajos kossuth, mor jokai, zsigmond moricz, endre ady, janos arany, matyas hunyadi, istvan szechenyi
	ferenc rakoczi, viktor orban, peter magyar, miklos horthy, ferenc szalasi, janos kadar, jozsef attila
	attila jozsef
	bela bartok, ferenc deak, imre kertesz, sara salkahazi, hanna szenes, miklos radnoti, imre nagy, magda szabo
	janos pilinszky, ferenc puskas, ferenc kolcsey, mihaly babits, laszlo toroczkai, gyorgy dozsa, ferenc gyurcsany
	ferenc molnar, kalman mikszath, sandor weores, ferenc liszt, erno rubik`);

/** Whether these bases are those of such a figure. */
export function isFigure({ first, last }: { first: readonly string[]; last: readonly string[] }): boolean {
	if (first.length === 0) return last.some((one) => ALONE.has(one));
	return first.some((one) => last.some((other) => BOTH.has(`${one} ${other}`)));
}
