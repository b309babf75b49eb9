/** What people are called every day, which no register lists, and what is a place before it is a person. */
export const SHORT = {
	en: `Abby Alfie Andy Archie Becky Ben Beth Bobby Charlie Chloe Chris Dan Danny Dave Debbie Eddie Ellie Freddie Gemma Harry Jack Jake
		Jamie Jess Jimmy Joe Josh Kate Katie Kev Lizzie Lucy Luke Maddie Matt Max Maisie Meg Mick Mike Millie Molly Nick Ollie Poppy Rob
		Ryan Sam Sophie Steve Theo Tilly Tom Tony Zac Zoe Zoey Mohammed Muhammad Mohamed Ahmed Aisha Fatima Yusuf Ibrahim Omar Hamza
		Bilal Imran Khadija Zainab Maryam Tariq Priya Arjun Kwame Olu Paddy Seamus Barty Robbo Gaz Baz Shaz Callum Kieran Declan Niamh Siobhan Saoirse Aoife Rhys Dylan`,
	pl: `Asia Basia Kasia Zosia Gosia Ola Ania Hania Jola Ela Ula Magda Aga Agata Iza Beata Kinga Lena Maja Nela Tosia Marysia Krysia
		Renia Danka Jadzia Stasia Wiktoria Patka Sandra Weronika Dominika Paulina Justyna Kaśka Baśka Zośka Olka Anka Gośka Tomek
		Bartek Maciek Kuba Krzysiek Wojtek Piotrek Michałek Jasiek Jaś Staś Antek Franek Olek Adaś Krzyś Grześ Grzesiek Marcinek Kamilek
		Mateuszek Mati Łukaszek Darek Jarek Mirek Mietek Zbyszek Rysiek Wiesiek Władek Heniek Józek Janek Tadek Romek Sebek Dominik
		Patryk Adrian Damian Norbert Hubert Igor Oskar Ksawery Nikodem Tymek Ignaś Bolek Lolek Leszek Sławek Radek Przemek Zdzisiek
		Julka Julcia Gabrysia Pola Wiki Sylwek Sylwia Waldek Marzenka Emilka Natalka Karolinka Paulinka Madzia Kamilka Zuzia Zuza Lusia Lucynka
		Helenka Hela Bożenka Ewka Iwonka Agnieszka Aneta Anetka Dorotka Edytka Grażynka Halinka Irenka Joasia Jagna Jagódka Karinka Kasieńka
		Lidka Małgosia Mariolka Martusia Michasia Monia Niki Oleńka Olcia Patrycja Pati Sabinka Tereska Tola Urszulka Wanda Werka Wera Wiola
		Arek Błażejek Czarek Dominiczek Edek Felek Gracjan Gucio Jacuś Jędrek Jurek Karolek Kazik Kornel Ludwik Lutek Marcyś Mikołajek Oluś
		Pawełek Robuś Sławko Stefek Wacek Wiesio Wituś Zenek Zygmuś Aisha Aisza Amira Jasmina Fatima Hassan Mustafa Mohamed Omar Jusuf Karim
		Denys Danyło Artem Maksym Jewhen Mychajło Serhij Wołodymyr Iryna Switłana Tetiana Julija Daryna Kacperek Szymek Filip Dawidek Alek Miłosz Borys Oksana Olena Nadia Swieta Andrij Dmytro Taras Bohdan Ihor Wasyl Ahmed Ali Omar`,
	de: `Alex Andi Anni Basti Ben Benni Chris Dani Dennis Emmi Eva Fabi Felix Finn Flo Franzi Fritz Gabi Greta Hanni Hansi Heidi Jan Jana
		Jannik Jasmin Jo Jojo Jonas Jule Juli Kai Kathi Kati Kevin Lea Leni Leo Lilli Lina Lisa Luca Lukas Maja Manu Marie Max Maxi
		Mia Michi Mila Moritz Nele Nico Niko Nils Noah Ole Paul Pia Resi Robin Sepp Steffi Susi Sven Theo Tim Timo Toni Uli Uschi Uwe
		Willi Wolfi Ali Ahmed Mehmet Mustafa Murat Emre Cem Deniz Ayse Ayşe Fatma Elif Zeynep Emine Hatice Hasan Hüseyin Ibrahim Yusuf
		Omar Amir Aylin Leyla Samir Karim Khaled Mohammed Nadia Jamal Dragan Milan Goran Olga Svetlana Igor Dimitri Sergej Malte Torben
		Jörn Sören Horst Nesrin Shirin Ljudmila Halyna Oksana Fatoumata Amadou Ousmane Blessing Chidi Ngozi Minh Linh Thi Nguyen Rajesh Rajiv Priya
		Suresh Xenia Dafydd Rhiannon Ruairi Gethin Bjarne Frieda Ida Ella Mats Emil Henri Anton Oskar`,
	ro: `Adi Alex Alexandra Ana Anca Andra Andreea Andrei Bogdan Cosmin Costel Costi Cătălin Dana Dani Dan Delia Denisa Diana Dorin
		Dragoș Edi Elena Florin Florina Gabi Gelu Gheorghe Gigi Horia Ileana Ilinca Ina Ioana Ion Ionel Ionela Ionuț Iulian Laurențiu
		Lavinia Lenuța Lia Liviu Luca Lucian Luiza Mădălina Mălina Marcel Marian Mariana Marius Matei Mihai Mihăiță Mirela Mircea Mitică
		Monica Nelu Nicoleta Nicu Oana Octavian Ovidiu Paul Petru Petrică Radu Răzvan Relu Robert Roxana Ruxandra Sanda Sebi Silviu
		Simona Sorin Sorina Ștefan Ștefania Teo Teodora Tiberiu Titi Traian Tudor Vali Vasile Vasilica Viorel Viorica Vlad Vlăduț Zoe Alina Daria Veronica Flavius Flavia Ignat Iuli Iulia Iustin Iustina Aișa Aisha Fatima Hassan Mahmoud
		Mohamed Omar Ahmed Ali Karim Amira Leila Raisa Iurie Vadim Oleg Olena Natalia Svetlana Irina Denis Darius Rareș Sergiu Eduard Emil Emilia
		Armando Rebeca Sara Ramona Carmen Crina Corina Cristi Cristian Cristina Claudiu Claudia Camelia Călin Ciprian Aurel Aurelia Aurica Anișoara
		Beniamin Bianca Briana Casian Dorina Doru Eugen Eugenia Fănel Felicia Filip Georgiana Geta Gică Grigore Iacob Ilie Iosif Larisa Lidia
		Ligia Loredana Marcela Maricica Marinela Mugurel Neculai Nina Olga Olimpia Paula Pavel Petronela Rodica Romeo Romică Ruben Sanda Saveta
		Sever Silvia Sofia Stela Stelian Tatiana Toader Toma Țuca Valentin Valentina Valeriu Victor Victoria Violeta Virgil Zamfira Zaharia`,
	hu: `Ági Andi Anikó Anna Bandi Bea Bence Béci Beni Berci Böbe Csabi Csilla Dani Dávid Dénes Dóri Dorka Edit Eszti Erzsi Évi Feri
		Fanni Gabi Gábor Gergő Geri Gyuri Hanna Icu Ildi Imi Jancsi Janka Józsi Judit Jutka Kata Kati Kinga Klári Kriszti Laci Lili Luca
		Magdi Mari Marcsi Máté Matyi Miki Misi Móni Nati Nóri Norbi Pali Panni Peti Petra Pisti Réka Regi Robi Rozi Sanyi Sári Sanci
		Szabi Szilvi Tami Tibi Timi Tomi Tóni Vera Viki Viktor Vili Zita Zoli Zsófi Zsolti Zsuzsa Zsuzsi Zsuzska Dzsenifer Dzsesszika
		Szvetlána Szandra Szebasztián Szofi Juszuf Mahmúd Leila Szamira Hasszán Husszein Ahmed Ali Omar Fatima Mohamed Irina Olena Natasa Nadia
		Oleg Igor Vlagyimir Iván Xénia Zente Zalán Zétény Bálint Botond Kende Kristóf Levente Nimród Noel Olivér Vencel Barnabás Ábel Alíz Boróka
		Csenge Dalma Dóra Emese Emma Eszter Fruzsina Gréta Hanga Hanna Jázmin Johanna Kíra Lara Lilla Lili Liza Luca Lujza Maja Mira Nóra Petra
		Regina Rebeka Róza Szofia Szófia Tímea Vivien Zoé Zselyke Adél Alexa Amina Blanka Bella Dzsoni Krisz Krisztián Ricsi Roli Rudi Sebi Sanyó
		Armandó Brendon Rómeó Kármen Ramóna Rozália Szabina Szerénke Gizi Jutka Manci Margó Terka Teri Vica Vilma Vili Vilmos
		Rikárdó Kevin Rómeó Brájen Armandó Lakatosné`
};

/** First names that are read as a place where nothing beside them says otherwise. */
export const PLACES = `Paris Florence Victoria Roma Georgia Chelsea Brooklyn India Jordan Israel Kent Devon Lincoln Sydney Austin Dallas
	London Verona China America Africa Malta Cairo Dakota Carolina Virginia Houston Preston Bradford Kingston Clifton Ashton Milton Troy
	Alexandria Odessa Lourdes Savannah Charlotte Aurora Ireland Wales Holland Persia Kenya Asia Siena Vienna Phoenix Madison Jackson Salem
	Bethlehem Nazareth Chad Cuba Albany Lancaster York Essex Stafford Stanford Chester Windsor Constanța Hertha Georgian Norman Warwick Derby Leicester Mali Nauru Ural`;

/** What its list of surnames lacks, though many bear it. */
export const SURNAMES = {
	en: `Khan Ahmed Ali Hussain Begum Patel Singh Kaur Shah Malik Iqbal Akhtar Mahmood Chowdhury Rahman Okafor Adeyemi Mensah Nguyen Kowalski`,
	pl: '',
	de: `Yılmaz Kaya Demir Şahin Çelik Yıldız Öztürk Aydın Özdemir Arslan Doğan Kılıç Aslan Çetin Kara Koç Kurt Özkan Şimşek Nowak Kowalski
		Ivanov Petrov Nguyen Haddad Mansour`,
	ro: `Albu Andrei Anghel Avram Badea Balan Banu Barbu Bejan Blaga Bratu Bucur Buzatu Călin Chiriac Chiriță Ciobanu Coman Constantin
		Constantinescu Cozma Crăciun Cristea Croitoru Dănilă Dima Dinu Dobre Dragomir Drăgan Dumitrache Dumitrescu Dumitru Enache Ene Filip
		Florea Georgescu Gheorghe Gheorghiu Ghiță Grigore Grosu Iacob Ilie Ioniță Iordache Ispas Ivan Lazăr Luca Lungu Lupu Manea Manole
		Marin Marinescu Matei Mihai Mihalache Moise Moldovan Moraru Munteanu Mureșan Neacșu Neagu Nechita Negru Nica Nicolae Nistor Niță
		Olaru Olteanu Oprea Păun Pavel Petcu Petre Petrescu Pîrvu Popa Pop Preda Pușcașu Radu Rădulescu Roman Rotaru Rusu Sandu Sava Simion
		Stan Stănescu Stoian Stoica Suciu Șerban Ștefan Tănase Toma Tomescu Trandafir Trifan Tudor Tudose Țurcanu Ungureanu Ursu Vasile
		Văduva Vlad Voicu Voinea Zaharia Zamfir`,
	hu: `Kovács Szabó Takács Juhász Lakatos Mészáros Oláh Molnár Orsós Kolompár Horváth Rostás Farkas Bakos Bognár Borbély Bíró Budai Csizmadia
		Deák Dudás Faragó Fodor Füleki Gulyás Halász Hegedűs Jónás Katona Kelemen Kerekes Király Kocsis Kozma Lengyel Lukács Magyar Major
		Máté Novák Orosz Pásztor Pintér Puskás Sípos Sipos Somogyi Soós Szalai Szekeres Szűcs Szőke Szőcs Tamás Török Vadász Vámos Veres Vincze
		Virág Vörös Bencsik Kálmán Nemes Bodnár Kun Barta Bálint Illés Fábián Pál Gál Antal Bogdán Balázs Boros Csonka Fazekas Hajdú Jakab
		Kádár Kardos Márton Mohácsi Nyári Pataki Rózsa Sárközi Sebestyén Szántó Székely Vajda Ördög Ács Dobos Rigó Raffael Bihari Mohácsi Kolompár Hadházi Pápai Győri Budai Debreceni Szegedi Pesti Egri Miskolci Váci
		Soproni Veszprémi Zalai Somogyvári Erdélyi Erdős Erdei Mezei Hegyi Völgyi Berki Berkes Bartók Bíró Bozsik Burai Csonka Csóka Danó Farkasné
		Fehér Fekete Füzesi Galambos Gáspár Gombos Hajnal Hornyák Jobbágy Juhos Káli Kántor Kárpáti Kökény Kőműves Kun Kurucz Lőrincz Madarász Makai
		Megyeri Menyhért Mihály Miklós Mező Nyíri Német Osváth Pálinkás Polgár Pócsik Radics Ráduly Rafael Rostás Sánta Sas Soltész Solymosi Suba
		Suhajda Surányi Szaniszló Szarka Szász Szebeni Szép Szigeti Szirmai Szívós Takó Tar Tóbiás Tőzsér Turi Újvári Vadas Vági Vajna Vári Vidák
		Vígh Zelei Zentai Zombori Zsiga Zsoldos Szilágyi Szűts Tóth Váradi Varga Vass`
};
