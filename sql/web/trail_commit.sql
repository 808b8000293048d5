SELECT l.seq AS seq, l.at AS at, l.actor AS actor, l.action AS action, l.reason AS reason, l.leaf AS leaf FROM commits l WHERE l.seq = {seq}
