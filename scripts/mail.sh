# A real mail server for tests: source it, do not run it.
# `mail_server_ready` installs aiosmtpd outside the clone and sets BOCAL_TEST_PYTHON to the Python that has it. Where
# that cannot be done, it says so, and the tests that need it say `skipped`.

mail_server_ready() {
    local folder="$CARGO_TARGET_DIR/test-python"
    if ! "$folder/bin/python" -c 'import aiosmtpd' 2>/dev/null; then
        command -v python3 >/dev/null || apt_install python3 || true
        python3 -c 'import ensurepip' 2>/dev/null || apt_install python3-venv || true
        say "installing a mail server for tests …"
        rm -rf "$folder"
        if ! { python3 -m venv "$folder" && "$folder/bin/pip" install --quiet --disable-pip-version-check \
            aiosmtpd==1.4.6; }; then
            say "aiosmtpd cannot be installed (python3 with venv and pip is needed): tests that send mail say skipped"
            return 0
        fi
    fi
    export BOCAL_TEST_PYTHON="$folder/bin/python"
}
