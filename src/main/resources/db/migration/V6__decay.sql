-- Weight decay was one of all parameters.
update training set settings = replace(settings, '"type":"adamw",', '"type":"adamw","decayAll":true,');
