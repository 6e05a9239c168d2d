-- A named loss is stored by its word, as it is in requests.
update training set settings = replace(replace(replace(settings, '"loss":"MSE"', '"loss":"mse"'),
    '"loss":"RELATIVE_L2"', '"loss":"relative-l2"'), '"loss":"HAMILTONIAN"', '"loss":"hamiltonian"');
