/// Accounts have no e-mail, so nobody can make this server write to an address of their choice.

onRecordRequestEmailChangeRequest(() => {
	throw new ForbiddenError();
}, 'users');
